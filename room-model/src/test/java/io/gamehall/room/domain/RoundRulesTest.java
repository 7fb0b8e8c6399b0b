package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a round starts and ends. How to read the stories: {@link Story}. */
class RoundRulesTest {
    @Nested
    class ReadyAndStart {
        @TestFactory
        Stream<DynamicTest> readyAndStart() {
            return Story.all("""
                    Who is ready is noted
                      Given room a for 4; table 0: ann bob
                      When  ann is ready
                      Then  ready for round 1; table 0: ann*! bob . .; no round runs

                    To be ready twice changes nothing
                      Given room a for 4; table 0: ann bob; ann is ready
                      When  ann is ready
                      Then  ready for round 1; nothing changes

                    The round starts when every seat is taken and all are ready
                      Given room a for 4; table 0: ann bob cid dan; bob, cid, dan are ready
                      When  ann is ready
                      Then  round 1 starts; round 1 runs at table 0; table 0: ann* bob cid dan

                    Not while a seat is free
                      Given room a for 4; table 0: ann bob cid; ann, bob are ready
                      When  cid is ready
                      Then  ready for round 1; no round runs

                    Nor while a seat is held
                      Given room a for 4; table 0: ann bob cid; ann holds seats for dan for 60 s; ann, bob are ready
                      When  cid is ready
                      Then  ready for round 1; no round runs

                    Nor by somebody sitting down, who is not ready
                      Given room a for 4; table 0: ann bob cid; ann, bob, cid are ready; dan enters a
                      When  dan takes any seat
                      Then  no round runs; table 0: ann*! bob! cid! dan

                    A table of two is enough where the game is for two
                      Given room a for 4 with 2 tables of 2; table 0: ann bob; ann is ready
                      When  bob is ready
                      Then  round 1 starts

                    Nobody gets ready while the round runs
                      Given room a for 4; table 0: ann bob cid dan; ann, bob, cid, dan are ready
                      When  ann is ready
                      Then  ROUND_RUNNING

                    Who does not sit can't get ready
                      Given room a for 4; ann enters a
                      When  ann is ready
                      Then  NOT_SEATED
                    """);
        }
    }

    @Nested
    class ResultByMajority {
        @TestFactory
        Stream<DynamicTest> resultByMajority() {
            return round("""
                    A report is counted
                      When  ann reports +2 -1 -1 0
                      Then  counted; round 1 runs at table 0

                    More than half of the players agree: the round is settled
                      When  ann, bob, cid report +2 -1 -1 0
                      Then  settled; no round runs; round 1 of table 0 ended +2 -1 -1 0

                    Half of them are not enough
                      When  ann, bob report +2 -1 -1 0
                      Then  counted; round 1 runs at table 0

                    One may see it differently
                      When  dan reports +9 -9 0 0; ann, bob, cid report +2 -1 -1 0
                      Then  settled; round 1 of table 0 ended +2 -1 -1 0

                    The same report again is counted once
                      When  ann, ann, ann, ann report +2 -1 -1 0
                      Then  counted; nothing changes; round 1 runs at table 0

                    Nobody takes a report back
                      When  ann reports +2 -1 -1 0; ann reports 0 0 0 0
                      Then  NOT_IN_ROUND

                    Who reports later than the majority learns how it ended
                      When  ann, bob, cid report +2 -1 -1 0; dan reports +2 -1 -1 0
                      Then  settled; nothing changes

                    Also who sees it differently
                      When  ann, bob, cid report +2 -1 -1 0; dan reports 0 0 0 0
                      Then  settled; nothing changes; round 1 of table 0 ended +2 -1 -1 0

                    Also after the table has gone on to be published and ready
                      When  ann, bob, cid report 0 0 0 0; round 1 of table 0 is published; ann is ready
                      When  dan reports 0 0 0 0
                      Then  settled; nothing changes

                    But not when the next round runs
                      When  ann, bob, cid report 0 0 0 0; round 1 of table 0 is published; ann, bob, cid, dan are ready
                      When  dan reports 0 0 0 0 in round 1 of table 0
                      Then  NOT_IN_ROUND

                    All play: the scores name every player
                      When  ann reports for ann, bob, cid
                      Then  RESULT_INVALID

                    Nobody else plays: the scores name no other player
                      When  ann reports for ann, bob, cid, eve
                      Then  RESULT_INVALID

                    Nobody plays twice: the scores name each player once
                      When  ann reports for ann, bob, cid, cid
                      Then  RESULT_INVALID

                    The scores may name them in any order
                      When  ann, bob report for ann, bob, cid, dan; cid reports for dan, cid, bob, ann
                      Then  settled

                    Only the players of the round report
                      When  eve enters a; eve reports 0 0 0 0
                      Then  NOT_IN_ROUND

                    Who was not in the round learns nothing of its end
                      When  eve enters a; ann, bob, cid report 0 0 0 0; eve reports 0 0 0 0
                      Then  NOT_IN_ROUND

                    Only the round that runs
                      When  ann reports 0 0 0 0 in round 2 of table 0
                      Then  NOT_IN_ROUND

                    Only at a table that plays
                      When  ann reports 0 0 0 0 in round 1 of table 1
                      Then  NOT_IN_ROUND

                    Nor is there anything to report before the first round
                      When  ann reports 0 0 0 0 in round 0 of table 1
                      Then  NOT_IN_ROUND

                    Only at a table that there is
                      When  ann reports 0 0 0 0 in round 1 of table 2
                      Then  NOT_IN_ROUND

                    There is no table below the first
                      When  ann reports 0 0 0 0 in round 1 of table -1
                      Then  NOT_IN_ROUND
                    """);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1_000_001, 1_000_001})
        void a_score_is_at_most_a_million(int points) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Score(new PlayerId(1), points));
        }
    }

    @Nested
    class Dispute {
        @TestFactory
        Stream<DynamicTest> dispute() {
            return round("""
                    When no majority is possible any more, the round is disputed
                      When  ann reports +1 -1 0 0; bob reports +2 -2 0 0; cid reports +3 -3 0 0
                      Then  disputed; round 1 of table 0 is disputed; no round runs

                    Two against two is no majority
                      When  ann, bob report +1 -1 0 0; cid, dan report 0 0 0 0
                      Then  disputed; round 1 of table 0 is disputed

                    While one is possible, it is not
                      When  ann, bob report +1 -1 0 0; cid reports 0 0 0 0
                      Then  counted; round 1 runs at table 0

                    Who reports later than that learns of the dispute
                      When  ann reports +1 -1 0 0; bob reports +2 -2 0 0; cid reports +3 -3 0 0; dan reports 0 0 0 0
                      Then  disputed; nothing changes
                    """);
        }
    }

    @Nested
    class LeavingARound {
        @TestFactory
        Stream<DynamicTest> leavingARound() {
            return round("""
                    A round goes on when one leaves: three of four can still agree
                      When  ann leaves a
                      Then  left; round 1 runs at table 0; table 0: . bob* cid dan

                    And they settle it
                      When  ann leaves a; bob, cid, dan report 0 0 0 0
                      Then  settled; round 1 of table 0 ended 0 0 0 0

                    The majority is one of all who began: two are not enough when others have left
                      When  ann leaves a; bob, cid report 0 0 0 0
                      Then  counted; round 1 runs at table 0

                    When too many leave, the round is disputed
                      When  ann, bob leave a
                      Then  left; round 1 of table 0 is disputed; no round runs; table 0: . . cid* dan

                    To stand up is to leave the round
                      When  ann, bob stand up
                      Then  stood up; round 1 of table 0 is disputed

                    To be removed, too
                      When  ann, bob are removed from a
                      Then  done; round 1 of table 0 is disputed

                    What a player reported before leaving counts
                      When  ann reports 0 0 0 0; ann leaves a; bob, cid report 0 0 0 0
                      Then  settled; round 1 of table 0 ended 0 0 0 0

                    The last who could have agreed leaves: disputed
                      When  ann, bob report 0 0 0 0; cid reports +1 -1 0 0; dan leaves a
                      Then  left; round 1 of table 0 is disputed

                    One who left without a report: the majority is still possible with it
                      When  ann, bob report 0 0 0 0; dan leaves a
                      Then  left; round 1 runs at table 0

                    Who has left the room reports no more
                      When  ann leaves a; ann reports 0 0 0 0
                      Then  NOT_IN_ROOM

                    Who has stood up reports no more
                      When  ann stands up; ann reports 0 0 0 0
                      Then  NOT_IN_ROUND

                    Who has stood up still learns how it ended
                      When  ann stands up; bob, cid, dan report 0 0 0 0; ann reports 0 0 0 0
                      Then  settled; nothing changes

                    Where a round runs, the seats stay free
                      When  ann stands up; eve enters a; eve takes any seat
                      Then  seated at 1.0; table 0: . bob* cid dan
                    """);
        }
    }

    @Nested
    class Publishing {
        @TestFactory
        Stream<DynamicTest> publishing() {
            return round("""
                    A settled round is to be published
                      When  ann, bob, cid report 0 0 0 0
                      Then  table 0 is to be published

                    A disputed one, too
                      When  ann, bob leave a
                      Then  table 0 is to be published

                    A running one is not
                      When  ann reports 0 0 0 0
                      Then  everything is published

                    Once it is published, it is done
                      When  ann, bob, cid report 0 0 0 0; round 1 of table 0 is published
                      Then  done; everything is published; no round runs

                    The next round waits until the last is published
                      When  ann, bob, cid report 0 0 0 0; ann, bob, cid, dan are ready
                      Then  ready for round 2; no round runs; table 0: ann*! bob! cid! dan!

                    And starts with that
                      When  ann, bob, cid report 0 0 0 0; ann, bob, cid, dan are ready; round 1 of table 0 is published
                      Then  done; round 2 runs at table 0; everything is published; table 0: ann* bob cid dan

                    If all are still ready
                      When  ann, bob, cid report 0 0 0 0; ann, bob, cid, dan are ready; dan stands up
                      When  round 1 of table 0 is published
                      Then  done; no round runs; table 0: ann*! bob! cid! .

                    After that it starts with the last who gets ready
                      When  ann, bob, cid report 0 0 0 0; round 1 of table 0 is published; ann, bob, cid are ready
                      When  dan is ready
                      Then  round 2 starts; round 2 runs at table 0

                    To say it twice changes nothing
                      When  ann, bob, cid report 0 0 0 0; round 1 of table 0 is published
                      When  round 1 of table 0 is published
                      Then  done; nothing changes

                    To say it of another round changes nothing
                      When  ann, bob, cid report 0 0 0 0; round 2 of table 0 is published
                      Then  done; nothing changes; table 0 is to be published

                    Nor of a table that there is not
                      When  round 1 of table 2 is published
                      Then  done; nothing changes

                    Nor of a round that still runs
                      When  round 1 of table 0 is published
                      Then  done; nothing changes; round 1 runs at table 0
                    """);
        }

        @TestFactory
        Stream<DynamicTest> inNoRoom() {
            return Story.all("""
                    In a room that nobody has opened nothing is published
                      When  round 1 of table 0 is published
                      Then  done; nothing changes
                    """);
        }
    }

    /** Stories that begin with a round of ann, bob, cid and dan at table 0 of two tables. */
    private static Stream<DynamicTest> round(String stories) {
        return Story.all(stories.replaceAll(
                "(?m)^(\\S.*)$", "$1\n  Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready"));
    }
}
