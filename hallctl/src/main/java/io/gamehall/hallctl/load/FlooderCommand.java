package io.gamehall.hallctl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code flooder}: a {@link Flooder} in a process of its own, as a client's is, so that those whom {@code drill flood}
 * measures do not wait for it in theirs. Does what {@link FloodProcess} tells it over its standard input, and ends with that.
 */
@Command(name = FlooderCommand.NAME, hidden = true, description = "The one client of `drill flood` that floods.")
public final class FlooderCommand implements Callable<Integer> {
    static final String NAME = "flooder";
    static final String START = "start";
    static final String STOP = "stop";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--gateway", required = true)
    private String gateway;

    @Option(names = "--activity", required = true)
    private String activity;

    @Option(names = "--player", required = true)
    private long player;

    @Option(names = "--room", required = true)
    private String room;

    @Option(names = "--token", defaultValue = "${env:" + FloodProcess.TOKEN + "}")
    private String token;

    @Override
    public Integer call() throws Exception {
        Flooder flooder = null;
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                var words = order.split(" ");
                if (words[0].equals(START)) {
                    flooder = new Flooder(gateway, activity, new Player(player, 0, room, token));
                    flooder.start(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                } else if (flooder != null) {
                    flooder.close();
                    System.out.println(
                            JSON.writeValueAsString(new FloodProcess.Sent(flooder.sent(), flooder.answers())));
                    flooder = null;
                }
            }
            return 0;
        } finally {
            if (flooder != null) flooder.close();
        }
    }
}
