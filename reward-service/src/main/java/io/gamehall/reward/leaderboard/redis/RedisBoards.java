package io.gamehall.reward.leaderboard.redis;

import io.gamehall.platform.Cell;
import io.gamehall.platform.HeldConnections;
import io.gamehall.platform.RedisScript;
import io.gamehall.reward.leaderboard.BoardBuilds;
import io.gamehall.reward.leaderboard.Boards;
import io.gamehall.reward.leaderboard.LeaderboardConfig;
import io.gamehall.reward.leaderboard.domain.BoardPage;
import io.gamehall.reward.leaderboard.domain.BoardPage.Place;
import io.gamehall.reward.leaderboard.domain.BoardQuery;
import io.gamehall.reward.leaderboard.domain.BoardScore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Boards as sorted sets. Each call is one script, hence one step: {@code redis/board_tell.lua} says how they lie there. */
@ApplicationScoped
class RedisBoards implements Boards, BoardBuilds {
    private static final RedisScript TELL = new RedisScript("redis/board_tell.lua");
    private static final RedisScript READ = new RedisScript("redis/board_read.lua");
    private static final RedisScript BEGIN = new RedisScript("redis/board_begin.lua");
    private static final RedisScript PUBLISH = new RedisScript("redis/board_publish.lua");
    private static final RedisScript INSPECT = new RedisScript("redis/board_inspect.lua");
    private static final RedisScript CLAIM = new RedisScript("redis/boards_claim.lua");
    private static final RedisScript HOLD = new RedisScript("redis/boards_hold.lua");
    private static final RedisScript LIST = new RedisScript("redis/boards_list.lua");
    /** Of one script: others wait meanwhile, a millisecond or two. */
    private static final int ROWS_MAX = 500;

    private final HeldConnections redis;
    private final LeaderboardConfig config;
    private final BoardKeys keys;
    private final RedisClocks clocks = new RedisClocks();

    RedisBoards(HeldConnections redis, LeaderboardConfig config, Cell cell) {
        this.redis = redis;
        this.config = config;
        this.keys = new BoardKeys(cell.name());
    }

    @Override
    public Uni<Told> tell(String game, Collection<BoardScore> scores, long asOfNanos) {
        return tell("told", game, scores, asOfNanos);
    }

    @Override
    public Uni<Told> add(String build, String game, Collection<BoardScore> scores, long asOfNanos) {
        return tell(build, game, scores, asOfNanos);
    }

    /** In portions; the first that is not {@link Told#DONE} is the last. */
    private Uni<Told> tell(String mode, String game, Collection<BoardScore> scores, long asOfNanos) {
        var rows = List.copyOf(scores);
        var told = Uni.createFrom().item(Told.DONE);
        for (var from = 0; from < rows.size(); from += ROWS_MAX) {
            var portion = rows.subList(from, Math.min(rows.size(), from + ROWS_MAX));
            told = told.flatMap(what -> what == Told.DONE
                    ? portion(mode, game, portion, asOfNanos)
                    : Uni.createFrom().item(what));
        }
        return told;
    }

    private Uni<Told> portion(String mode, String game, List<BoardScore> rows, long asOfNanos) {
        var arguments = new ArrayList<String>(4 + 3 * rows.size());
        arguments.add(mode);
        arguments.add(Long.toString(clocks.at(game, asOfNanos)));
        arguments.add(Integer.toString(2 * config.size()));
        arguments.add(Integer.toString(config.leaversMax()));
        for (var row : rows) {
            arguments.add(Members.of(row.player()));
            arguments.add(Members.order(row.score()));
            arguments.add(Long.toString(row.version()));
        }
        return run(TELL, keys.of(game), arguments).map(answer -> {
            clocks.heard(game, answer.get(1).toLong());
            return switch (answer.get(0).toString()) {
                case "DONE" -> Told.DONE;
                case "LATE" -> Told.LATE;
                case "UNBUILT" -> Told.UNBUILT;
                case "LOST" -> throw new Superseded(mode);
                default -> throw new IllegalStateException("board_tell.lua answered " + answer);
            };
        });
    }

    @Override
    public Uni<Optional<BoardPage>> read(BoardQuery query) {
        var arguments =
                switch (query) {
                    case BoardQuery.Top top -> List.of(text(top.offset()), text(top.limit()), "");
                    case BoardQuery.Around around -> List.of(text(around.around()), "0", Members.of(around.player()));
                };
        return run(READ, keys.of(query.game()).subList(0, 4), arguments).map(RedisBoards::page);
    }

    private static Optional<BoardPage> page(Response answer) {
        if (answer.get(0).toString().equals("UNBUILT")) return Optional.empty();
        var first = answer.get(3).toLong();
        var places = new ArrayList<Place>();
        for (var index = 4; index < answer.size(); index += 2) {
            places.add(new Place(
                    first + 1 + places.size(),
                    Members.player(answer.get(index).toString()),
                    Members.score(answer.get(index + 1).toString())));
        }
        return Optional.of(new BoardPage(answer.get(1).toLong(), answer.get(2).toLong() == 1, places));
    }

    @Override
    public Uni<State> state() {
        return run(LIST, List.of(keys.all, keys.games), List.of()).map(answer -> {
            var games = new HashSet<String>();
            for (var index = 1; index < answer.size(); index++)
                games.add(answer.get(index).toString());
            return new State(answer.get(0).toLong() == 1, games);
        });
    }

    @Override
    public Uni<Boolean> areWhole() {
        return state().flatMap(state -> {
            var whole = Uni.createFrom().item(state.built());
            for (var game : state.games()) {
                whole = whole.flatMap(
                        so -> so ? isWhole(game) : Uni.createFrom().item(false));
            }
            return whole;
        });
    }

    private Uni<Boolean> isWhole(String game) {
        return run(INSPECT, keys.of(game).subList(0, 4), List.of(text(config.size())))
                .map(answer -> {
                    clocks.heard(game, answer.get(1).toLong());
                    return answer.get(0).toString().equals("WHOLE");
                });
    }

    @Override
    public Uni<Optional<String>> claim() {
        return run(CLAIM, List.of(keys.lock, keys.number), List.of(stepMs()))
                .map(answer -> Optional.of(answer.toString()).filter(number -> !number.isEmpty()));
    }

    @Override
    public Uni<Void> hold(String build) {
        return lock(build, stepMs());
    }

    @Override
    public Uni<Void> begin(String build, String game) {
        var listing = Request.cmd(Command.SADD).arg(keys.games).arg(game);
        return uni(() -> redis.send(listing))
                .chain(() -> run(BEGIN, keys.of(game), List.of(build)))
                .invoke(answer -> {
                    if (answer.get(0).toLong() == 0) throw new Superseded(build);
                    clocks.heard(game, answer.get(1).toLong());
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> publish(String build, String game) {
        return run(PUBLISH, keys.of(game), List.of(build))
                .invoke(answer -> {
                    if (answer.toLong() == 0) throw new Superseded(build);
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> end(String build) {
        return lock(build, "DONE");
    }

    @Override
    public Uni<Void> giveUp(String build) {
        return lock(build, "0");
    }

    private Uni<Void> lock(String build, String what) {
        return run(HOLD, List.of(keys.lock, keys.all), List.of(build, what))
                .invoke(answer -> {
                    if (answer.toLong() == 0) throw new Superseded(build);
                })
                .replaceWithVoid();
    }

    private String stepMs() {
        return Long.toString(config.step().toMillis());
    }

    private Uni<Response> run(RedisScript script, List<String> names, List<String> arguments) {
        return uni(() -> script.run(redis, names, arguments));
    }

    private static Uni<Response> uni(Supplier<Future<Response>> call) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(call.get()));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
