package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operators and the clock want of a room. How to read the stories: {@link Story}. */
class RoomKeepingTest {
    @Nested
    class OpeningAndClosing {
        @TestFactory
        Stream<DynamicTest> openingAndClosing() {
            return Story.all("""
                    A room is opened
                      When  room a for 9
                      Then  done; a is open for 9; a holds nobody

                    To open an open room changes nothing
                      Given room a for 9; ann enters a
                      When  room a for 5
                      Then  done; nothing changes; a is open for 9; a holds ann

                    To open a closed room lets people in again, into the room it was
                      Given room a for 9; ann enters a; room a closes and drains by 60 s
                      When  room a for 5
                      Then  done; a is open for 9; a holds ann

                    A room keeps its game
                      Given room a for 9
                      When  room a of mahjong for 9
                      Then  ROOM_EXISTS (game upgrade)

                    A room keeps the size of its tables
                      Given room a for 9
                      When  room a for 9 with 3 tables of 3
                      Then  ROOM_EXISTS (game upgrade)

                    A room that is to exist is opened
                      When  room a is ensured for 9
                      Then  done; a is open for 9

                    A room that exists stays as it is, also when it is closed
                      Given room a for 9; room a closes and drains by 60 s
                      When  room a is ensured for 5
                      Then  done; nothing changes; a is closed, to drain by 60 s

                    A closed room keeps its members until it is drained
                      Given room a for 4; table 0: ann bob
                      When  room a closes and drains by 60 s
                      Then  done; a is closed, to drain by 60 s; a holds ann, bob; table 0: ann* bob . .

                    To close a room clears its wait-list
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  room a closes
                      Then  done; nobody waits for a; in this order: room a, bob from a, cid from a

                    A room that nobody has opened can't be closed
                      When  room a closes
                      Then  ROOM_NOT_FOUND

                    A closed room takes no reservations
                      Given room a for 4; ann enters a; room a closes
                      When  ann holds seats for bob for 60 s
                      Then  ROOM_CLOSED

                    A closed room does not honour a reservation
                      Given room a for 4; ann enters a; ann holds seats for bob for 60 s; room a closes
                      When  bob enters a
                      Then  ROOM_CLOSED

                    Those who are in a closed room play on
                      Given room a for 4; table 0: ann; room a closes
                      When  ann is ready
                      Then  ready for round 1
                    """);
        }
    }

    /** A crash may cut the closing off after its first record. */
    @Test
    void a_closed_room_lets_nobody_in_who_still_stands_in_its_line() {
        var hall = new Hall();
        var steps = new Steps(hall);
        List.of("room a for 1", "ann enters a", "bob enters a or waits").forEach(steps::say);
        var closing = new RoomCommand.CloseRoom(Hall.FIRST_ROOM, 0);
        var events = ((Decision.Accepted) RoomRules.decide(hall.partition, closing)).events();
        hall.partition.apply(events.getFirst());

        steps.say("ann leaves a");
        steps.say("room a looks at the clock");

        assertThat(hall.room("a").members()).isEmpty();
        assertThat(hall.room("a").admitsWaiter()).isFalse();
    }

    @Nested
    class Capacity {
        @TestFactory
        Stream<DynamicTest> capacity() {
            return Story.all("""
                    The capacity can be lowered below the members, who stay
                      Given room a for 3; ann, bob, cid enter a
                      When  room a gets 1 places
                      Then  done; a is open for 1; a holds ann, bob, cid

                    Then nobody enters
                      Given room a for 3; ann, bob, cid enter a; room a gets 2 places
                      When  dan enters a
                      Then  ROOM_FULL (capacity 2, members 3, waiting 0)

                    Also not when as many are in as it holds
                      Given room a for 3; ann, bob, cid enter a; room a gets 2 places; ann leaves a
                      When  dan enters a
                      Then  ROOM_FULL (capacity 2, members 2, waiting 0)

                    But again when there are fewer
                      Given room a for 3; ann, bob, cid enter a; room a gets 2 places; ann, bob leave a
                      When  dan enters a
                      Then  in a, 2 of 2

                    And not from the line either, until there are fewer
                      Given room a for 3; ann, bob, cid enter a; dan enters a or waits; room a gets 2 places
                      When  ann leaves a; room a looks at the clock; bob leaves a
                      Then  in this order: bob from a, dan into a

                    When the capacity is raised, the line enters with the next look at the clock
                      Given room a for 1; ann enters a; bob, cid, dan enter a or wait; room a gets 3 places
                      When  room a looks at the clock
                      Then  done; in this order: bob into a, cid into a; dan waits for a

                    Until then the room calls
                      Given room a for 1; ann enters a; bob enters a or waits
                      When  room a gets 2 places
                      Then  done; a calls the next in line; bob waits for a

                    A full room calls nobody
                      Given room a for 1; ann enters a
                      When  bob enters a or waits
                      Then  a calls nobody

                    A room that nobody has opened has no capacity
                      When  room a gets 9 places
                      Then  ROOM_NOT_FOUND
                    """);
        }

        @Test
        void tables_are_enough_for_all_members() {
            assertThat(RoomSetup.withTablesForAll("doudizhu", 3, 400).tables()).isEqualTo(134);
            assertThat(RoomSetup.withTablesForAll("upgrade", 4, 400).tables()).isEqualTo(100);
        }
    }

    @Nested
    class Clock {
        @TestFactory
        Stream<DynamicTest> clock() {
            return Story.all("""
                    A reservation ends at its time
                      Given room a for 4; table 0: ann; ann holds seats for bob for 60 s; 60 s pass
                      When  room a looks at the clock
                      Then  done; table 0: ann* . . .; a counts 1 players

                    And not before
                      Given room a for 4; ann enters a; ann holds seats for bob for 60 s; 59 s pass
                      When  room a looks at the clock
                      Then  done; nothing changes; table 0: (bob) . . .; a counts 2 players

                    Each at its own time
                      Given room a for 4; ann enters a; ann holds seats for bob for 20 s
                      Given ann holds seats for cid for 60 s
                      Given 20 s pass
                      When  room a looks at the clock
                      Then  table 0: . (cid) . .

                    Then the next in line enters
                      Given room a for 2; ann enters a; ann holds seats for bob for 60 s; dan, cid enter a or wait
                      Given 60 s pass
                      When  room a looks at the clock
                      Then  in this order: table 0, dan into a; a holds ann, dan; cid waits for a

                    A member's reservation that ends makes no place
                      Given room a for 2; ann, bob enter a; ann holds seats for bob for 60 s; cid enters a or waits
                      Given 60 s pass
                      When  room a looks at the clock
                      Then  in this order: table 0; cid waits for a

                    Who was too late for a reservation finds the room full
                      Given room a for 2; ann enters a; ann holds seats for bob for 60 s; cid enters a or waits
                      Given 60 s pass
                      Given room a looks at the clock
                      When  bob enters a
                      Then  ROOM_FULL (capacity 2, members 2, waiting 0)

                    The clock is nothing to a room where nobody waits
                      Given room a for 2; table 0: ann
                      When  room a looks at the clock
                      Then  done; nothing changes

                    Nor to a room that nobody has opened
                      When  room a looks at the clock
                      Then  done; nothing changes
                    """);
        }
    }

    @Nested
    class Removing {
        @TestFactory
        Stream<DynamicTest> removing() {
            return Story.all("""
                    Who is removed gives up the seat and the place
                      Given room a for 4; table 0: ann bob
                      When  ann is removed from a
                      Then  done; in this order: table 0, ann from a; table 0: . bob* . .

                    To remove who is not there changes nothing
                      Given room a for 4
                      When  ann is removed from a
                      Then  done; nothing changes

                    To remove from a room that nobody has opened changes nothing
                      When  ann is removed from a
                      Then  done; nothing changes
                    """);
        }
    }
}
