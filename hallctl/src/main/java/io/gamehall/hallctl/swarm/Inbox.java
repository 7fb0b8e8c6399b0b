package io.gamehall.hallctl.swarm;

import io.gamehall.v1.Event;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RewardGranted;
import io.gamehall.v1.RoundSettled;
import io.gamehall.v1.TableView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a player has heard on the event stream, and whether it could all be true. Confined to the player's thread.
 */
final class Inbox {
    private final long player;
    private final Set<Long> swarm;
    private final Tally tally;
    private final Set<Tally.Round> settled = new HashSet<>();
    private final Map<String, Grant> grants = new HashMap<>();
    private final Set<String> notices = new HashSet<>();
    private List<String> welcomedIn = List.of();
    private TableView table = TableView.getDefaultInstance();
    private long sequence;
    private long counted;
    private long scoreSum;

    /** @param swarm the ids of all its players: rounds among them alone must end as they report */
    Inbox(long player, Set<Long> swarm, Tally tally) {
        this.player = player;
        this.swarm = swarm;
        this.tally = tally;
    }

    /** A new stream counts from 1 again. */
    void streamOpened() {
        sequence = 0;
    }

    private record Grant(String id, long heardAtNanos) {}

    /** @param atNanos {@link System#nanoTime()} of its arrival */
    void hear(Event event, long atNanos) {
        // A welcome counts anew, unless the stream resumes; the last event and rooms are not counted.
        if (event.hasWelcome() && !event.getWelcome().getResumed()) sequence = 0;
        if (!event.hasEnded() && !event.hasRooms()) sequence++;
        if (event.getSequence() != sequence) {
            tally.faults.note("Events: out of sequence", "expected " + sequence + ", got " + event.getSequence());
            sequence = event.getSequence();
        }
        switch (event.getEventCase()) {
            case WELCOME -> welcomedIn = event.getWelcome().getRoomIdsList();
            case TABLE -> table = event.getTable();
            case ROUND_SETTLED -> settled(event.getRoundSettled());
            case NOTICE -> {
                if (notices.add(event.getNotice().getNoticeId())
                        && event.getNotice().hasRewardGranted()) {
                    granted(event.getNotice().getRewardGranted(), atNanos);
                }
            }
            case ENDED, EVENT_NOT_SET -> {}
        }
    }

    private void settled(RoundSettled round) {
        var key = new Tally.Round(round.getRoomId(), round.getTable(), round.getRound());
        if (!settled.add(key)) {
            return;
        }
        if (round.getDisputed()) {
            tally.disputedSeen.increment();
            return;
        }
        tally.settled(key);
        var mine = round.getScoresList().stream()
                .filter(score -> score.getPlayerId() == player)
                .findFirst();
        mine.ifPresent(score -> {
            counted++;
            scoreSum += score.getScore();
        });
        compare(round);
    }

    private void compare(RoundSettled round) {
        var players =
                round.getScoresList().stream().map(PlayerScore::getPlayerId).toList();
        if (!swarm.containsAll(players)) {
            return;
        }
        var expected = RoundScores.of(round.getRoomId(), round.getTable(), round.getRound(), players);
        if (!Set.copyOf(expected).equals(Set.copyOf(round.getScoresList()))) {
            tally.faults.note(
                    "Round settled with scores that nobody reported",
                    round.toString().replace('\n', ' '));
        }
    }

    private void granted(RewardGranted reward, long atNanos) {
        var before = grants.putIfAbsent(reward.getSourceId(), new Grant(reward.getGrantId(), atNanos));
        if (before != null && !before.id().equals(reward.getGrantId())) {
            tally.faults.note("Reward granted twice", reward.toString().replace('\n', ' '));
        }
    }

    /** The player's own table, as last told. */
    TableView table() {
        return table;
    }

    /** The rooms in which the newest stream found the player. */
    List<String> welcomedIn() {
        return welcomedIn;
    }

    boolean hasSettled(Tally.Round round) {
        return settled.contains(round);
    }

    /** When the notice of the reward for a join came ({@link System#nanoTime()}), if it has. */
    OptionalLong rewardedAtNanos(String source) {
        var grant = grants.get(source);
        return grant == null ? OptionalLong.empty() : OptionalLong.of(grant.heardAtNanos());
    }

    /** The table, if the player sits there. */
    boolean sitsAt(String room, int number) {
        return table.getRoomId().equals(room)
                && table.getTable() == number
                && table.getSeatsList().contains(player);
    }

    /** The round that the player is to play now at the table, if any. */
    Optional<Tally.Round> runningAt(String room, int number) {
        var round = new Tally.Round(room, number, table.getRound());
        return sitsAt(room, number)
                        && table.getPlaying()
                        && table.getRoundPlayersList().contains(player)
                        && !hasSettled(round)
                ? Optional.of(round)
                : Optional.empty();
    }

    /** Rounds heard to settle, disputed ones too. */
    int roundsHeard() {
        return settled.size();
    }

    /** Undisputed rounds of the player that were heard to settle. */
    long roundsCounted() {
        return counted;
    }

    /** The sum of the player's scores in them. */
    long scoreSum() {
        return scoreSum;
    }
}
