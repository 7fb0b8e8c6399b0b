package io.gamehall.hallctl.drill.hall;

import java.util.List;
import java.util.Map;

/** What a drill came to. */
public interface DrillResult {
    boolean passed();

    /** For people. */
    List<String> lines();

    /** For {@code --json}, flat. */
    Map<String, Object> figures();

    /** What proves that it did not pass, as far as it is more than figures; empty: nothing. */
    List<String> evidence();
}
