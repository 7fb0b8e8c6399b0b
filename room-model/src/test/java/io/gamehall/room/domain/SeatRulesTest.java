package io.gamehall.room.domain;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gamehall.room.domain.RoomCommand.Reserve;
import io.gamehall.room.domain.RoomCommand.SitTogether;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sits where. How to read the stories: {@link Story}. */
class SeatRulesTest {
    private static final PlayerId ANN = new PlayerId(1);

    @Nested
    class AnySeat {
        @TestFactory
        Stream<DynamicTest> anySeat() {
            return Story.all("""
                    The fullest open table is filled first, so that games start sooner
                      Given room a for 12; table 1: ann; table 2: . bob cid; dan enters a
                      When  dan takes any seat
                      Then  seated at 2.0; table 2: dan bob* cid .

                    Of tables equally full the first
                      Given room a for 12; table 2: ann; table 1: bob; cid enters a
                      When  cid takes any seat
                      Then  seated at 1.1

                    A full table is passed by
                      Given room a for 8; table 0: ann bob cid dan; eve enters a
                      When  eve takes any seat
                      Then  seated at 1.0

                    A table where a round runs is passed by
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready; dan stands up
                      When  dan takes any seat
                      Then  seated at 1.0; round 1 runs at table 0

                    A seat that is held for the player comes first
                      Given room a for 8; table 1: ann; ann holds seats for bob for 60 s; table 0: cid dan; bob enters a
                      When  bob takes any seat
                      Then  seated at 1.1; table 1: ann* bob . .

                    But not where a round runs
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready; dan stands up
                      Given ann holds seats for dan for 60 s
                      When  dan takes any seat
                      Then  seated at 1.0; table 0: ann* bob cid (dan)

                    Seats held for others are passed by
                      Given room a for 8; ann enters a; ann holds seats for bob, cid, dan for 60 s; eve, fay enter a
                      When  eve, fay take any seat
                      Then  seated at 1.0; table 0: (bob) (cid) (dan) eve*

                    Every seat is found
                      Given room a for 8; ann, bob, cid, dan, eve, fay, gus, hal enter a
                      When  ann, bob, cid, dan, eve, fay, gus, hal take any seat
                      Then  seated at 1.3; table 0: ann* bob cid dan; table 1: eve* fay gus hal

                    It is refused when no seat is free
                      Given room a for 9 with 1 tables of 2; table 0: ann bob; cid enters a
                      When  cid takes any seat
                      Then  NO_FREE_SEAT; a holds ann, bob, cid

                    Also when the last one is held for somebody else
                      Given room a for 9 with 1 tables of 2; table 0: ann; ann holds seats for bob for 60 s
                      Given cid enters a
                      When  cid takes any seat
                      Then  NO_FREE_SEAT

                    Who has a seat is told which
                      Given room a for 8; table 1: . ann
                      When  ann takes any seat
                      Then  ALREADY_SEATED (seat 1, table 1)
                    """);
        }
    }

    @Nested
    class ThisSeat {
        @TestFactory
        Stream<DynamicTest> thisSeat() {
            return Story.all("""
                    A free seat is taken
                      Given room a for 8; ann enters a
                      When  ann sits down at 1.2
                      Then  seated at 1.2; table 1: . . ann* .

                    A taken seat is not
                      Given room a for 8; table 1: . . ann; bob enters a
                      When  bob sits down at 1.2
                      Then  SEAT_TAKEN

                    Nor is a seat that is held for somebody else
                      Given room a for 8; table 0: ann; ann holds seats for bob for 60 s; cid enters a
                      When  cid sits down at 0.1
                      Then  SEAT_TAKEN; table 0: ann* (bob) . .

                    A seat that is held for the player is, and held no more
                      Given room a for 8; table 0: ann; ann holds seats for bob for 60 s; bob enters a
                      When  bob sits down at 0.1
                      Then  seated at 0.1; table 0: ann* bob . .; a counts 2 players

                    Who sits elsewhere leaves the held seat held, until its time
                      Given room a for 8; table 0: ann; ann holds seats for bob for 60 s; bob enters a
                      When  bob sits down at 0.3
                      Then  seated at 0.3; table 0: ann* (bob) . bob

                    Nobody sits down where a round runs
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready; dan stands up
                      When  dan sits down at 0.3
                      Then  ROUND_RUNNING

                    Nobody has two seats
                      Given room a for 8; table 0: ann
                      When  ann sits down at 1.0
                      Then  ALREADY_SEATED (seat 0, table 0)

                    There is no other table
                      Given room a for 8; ann enters a
                      When  ann sits down at 2.0
                      Then  SEAT_NOT_FOUND

                    There is no other seat
                      Given room a for 8; ann enters a
                      When  ann sits down at 0.4
                      Then  SEAT_NOT_FOUND

                    There is nothing below the first table
                      Given room a for 8; ann enters a
                      When  ann sits down at -1.0
                      Then  SEAT_NOT_FOUND

                    There is nothing below the first seat
                      Given room a for 8; ann enters a
                      When  ann sits down at 0.-1
                      Then  SEAT_NOT_FOUND
                    """);
        }
    }

    @Nested
    class Standing {
        @TestFactory
        Stream<DynamicTest> standing() {
            return Story.all("""
                    Who stands up stays in the room
                      Given room a for 8; table 0: ann bob
                      When  ann stands up
                      Then  stood up; table 0: . bob* . .; a holds ann, bob

                    Who does not sit can't stand up
                      Given room a for 8; ann enters a
                      When  ann stands up
                      Then  NOT_SEATED
                    """);
        }
    }

    @Nested
    class Together {
        @TestFactory
        Stream<DynamicTest> together() {
            return Story.all("""
                    Friends sit down together at the fullest table that has seats for all
                      Given room a for 12; table 1: . ann; table 2: bob cid dan; eve, fay, gus enter a
                      When  eve sits down with fay, gus
                      Then  seated at table 1: eve on 0, fay on 2, gus on 3; table 1: eve ann* fay gus

                    It is one step for all: nobody ever sees half of them sit
                      Given room a for 4; ann, bob enter a
                      When  ann sits down with bob
                      Then  in this order: table 0; table 0: ann* bob . .

                    Who asked leads a table that was empty
                      Given room a for 4; ann, bob enter a
                      When  bob sits down with ann
                      Then  table 0: bob* ann . .; host term 1 at table 0

                    All sit or none: no table has seats for all
                      Given room a for 8; table 0: ann bob; table 1: cid dan; eve, fay, gus enter a
                      When  eve sits down with fay, gus
                      Then  NO_FREE_SEAT; table 0: ann* bob . .

                    All sit or none: more friends than seats at a table
                      Given room a for 9 with 3 tables of 2; ann, bob, cid enter a
                      When  ann sits down with bob, cid
                      Then  NO_FREE_SEAT

                    All sit or none: held seats are not for them
                      Given room a for 9 with 1 tables of 2; ann, bob, cid enter a; cid holds seats for dan for 60 s
                      When  ann sits down with bob
                      Then  NO_FREE_SEAT

                    All sit or none: one is not in the room
                      Given room a for 8; ann, bob enter a
                      When  ann sits down with bob, cid
                      Then  PEER_NOT_HERE (player_id 3); table 0: . . . .

                    All sit or none: one waits for a place
                      Given room a for 2 with 1 tables of 4; ann, bob enter a; cid enters a or waits
                      When  ann sits down with cid
                      Then  PEER_NOT_HERE (player_id 3)

                    All sit or none: one sits already
                      Given room a for 8; ann, bob enter a; table 0: cid
                      When  ann sits down with bob, cid
                      Then  ALREADY_SEATED (player_id 3)

                    All sit or none: the one who asks sits already
                      Given room a for 8; bob enters a; table 0: ann
                      When  ann sits down with bob
                      Then  ALREADY_SEATED (player_id 1)

                    A table where a round runs is passed by
                      Given room a for 12 with 3 tables of 3; table 0: ann bob cid; ann, bob, cid are ready
                      Given cid stands up
                      Given table 1: dan; eve, fay enter a
                      When  eve sits down with fay
                      Then  seated at table 1: eve on 1, fay on 2; round 1 runs at table 0
                    """);
        }
    }

    @Nested
    class Reservations {
        @TestFactory
        Stream<DynamicTest> reservations() {
            return Story.all("""
                    Seats are held for friends at the player's own table
                      Given room a for 12; table 1: ann bob cid; table 2: . dan
                      When  dan holds seats for eve, fay for 60 s
                      Then  held until 64 s at table 2: eve on 0, fay on 2; table 2: (eve) dan* (fay) .

                    Who does not sit holds them at the fullest table with so many
                      Given room a for 12; table 1: ann bob cid; table 2: . dan; eve enters a
                      When  eve holds seats for fay, gus for 60 s
                      Then  held until 64 s at table 2: fay on 0, gus on 2

                    They may be held for who is in the room already
                      Given room a for 4; ann, bob enter a
                      When  ann holds seats for bob for 60 s
                      Then  held until 60 s at table 0: bob on 0; a counts 2 players

                    A held seat is a held place: it counts like a member
                      Given room a for 3; ann enters a
                      When  ann holds seats for bob, cid for 60 s
                      Then  a holds ann; a counts 3 players

                    So a room may be full of members and held places
                      Given room a for 3; ann enters a; ann holds seats for bob, cid for 60 s
                      When  dan enters a
                      Then  ROOM_FULL (capacity 3, members 1, waiting 0)

                    For whom it is held gets in when the room is full
                      Given room a for 3; ann enters a; ann holds seats for bob, cid for 60 s
                      When  cid enters a
                      Then  in a, 2 of 3; a counts 3 players

                    And passes the line by
                      Given room a for 2; ann enters a; ann holds seats for bob for 60 s; cid enters a or waits
                      When  bob enters a
                      Then  in a, 2 of 2; cid waits for a

                    Also when he waited before it was held
                      Given room a for 1 with 1 tables of 4; ann enters a; bob, cid enter a or wait
                      Given room a gets 4 places
                      Given ann holds seats for cid for 60 s; room a gets 2 places
                      When  cid enters a
                      Then  in a, 2 of 2; bob waits for a

                    And may come back into it after having left
                      Given room a for 2; ann enters a; ann holds seats for bob for 60 s; bob enters a; bob leaves a
                      When  bob enters a
                      Then  in a, 2 of 2

                    Who has held them may leave: they stay held
                      Given room a for 4; table 0: ann; ann holds seats for bob for 60 s
                      When  ann leaves a
                      Then  left; table 0: . (bob) . .; a counts 1 players

                    At a player's own table seats may be held while a round runs there
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready; dan stands up
                      When  ann holds seats for dan for 60 s
                      Then  held until 64 s at table 0: dan on 3

                    There must be places for all of them
                      Given room a for 3 with 1 tables of 4; ann, bob enter a
                      When  ann holds seats for cid, dan for 60 s
                      Then  ROOM_FULL (capacity 3, members 2); a counts 2 players

                    Free places that somebody waits for are not to be held
                      Given room a for 1 with 1 tables of 4; ann enters a; bob enters a or waits; room a gets 2 places
                      When  ann holds seats for cid for 60 s
                      Then  ROOM_FULL (capacity 2, members 1)

                    Members need no further places: a full room is full enough for them
                      Given room a for 2; ann, bob enter a
                      When  ann holds seats for bob for 60 s
                      Then  held until 60 s at table 0: bob on 0

                    That is so, too, when others wait for a place
                      Given room a for 2; ann, bob enter a; cid enters a or waits
                      When  ann holds seats for bob for 60 s
                      Then  held until 60 s at table 0: bob on 0

                    And when the capacity has been lowered
                      Given room a for 3; ann, bob, cid enter a; room a gets 1 places
                      When  ann holds seats for bob for 60 s
                      Then  held until 60 s at table 0: bob on 0

                    The own table must have seats for all of them
                      Given room a for 8; table 0: ann bob cid
                      When  ann holds seats for dan, eve for 60 s
                      Then  NO_FREE_SEAT; table 0: ann* bob cid .

                    Some table must have seats for all of them
                      Given room a for 9 with 3 tables of 2; ann enters a
                      When  ann holds seats for bob, cid, dan for 60 s
                      Then  NO_FREE_SEAT

                    Not for who sits already
                      Given room a for 8; table 0: ann; table 1: bob
                      When  ann holds seats for cid, bob for 60 s
                      Then  ALREADY_SEATED (player_id 2)

                    Not for whom a seat is held already
                      Given room a for 8; ann, bob enter a; ann holds seats for cid for 60 s
                      When  bob holds seats for cid for 60 s
                      Then  RESERVATIONS_MAX (player_id 3)

                    Seven are the most that one player may hold
                      Given room a for 20 with 2 tables of 8; ann enters a
                      Given ann holds seats for bob, cid, dan, eve for 60 s
                      When  ann holds seats for fay, gus, hal, ida for 60 s
                      Then  RESERVATIONS_MAX (reservations 7)

                    Wherever they are
                      Given room a for 20 with 5 tables of 4; ann enters a
                      Given ann holds seats for bob, cid, dan, eve for 60 s
                      When  ann holds seats for fay, gus, hal for 60 s
                      Then  held until 60 s at table 1: fay on 0, gus on 1, hal on 2

                    Those who have come count no more
                      Given room a for 20 with 5 tables of 4; ann enters a
                      Given ann holds seats for bob, cid, dan, eve for 60 s
                      Given bob enters a; bob takes any seat
                      When  ann holds seats for fay, gus, hal, ida for 60 s
                      Then  held until 60 s at table 1: fay on 0, gus on 1, hal on 2, ida on 3
                    """);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, 121})
        void a_seat_is_held_for_1_to_120_seconds(int seconds) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Reserve(Hall.FIRST_ROOM, ANN, 1, List.of(new PlayerId(2)), seconds, 0));
        }
    }

    static List<List<PlayerId>> unfitFriends() {
        var two = new PlayerId(2);
        return List.of(
                List.of(),
                List.of(ANN),
                List.of(two, ANN),
                List.of(two, two),
                LongStream.range(2, 10).mapToObj(PlayerId::new).toList());
    }

    @ParameterizedTest
    @MethodSource("unfitFriends")
    void one_to_seven_friends_are_named_each_once_and_not_oneself(List<PlayerId> friends) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SitTogether(Hall.FIRST_ROOM, ANN, 1, friends, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserve(Hall.FIRST_ROOM, ANN, 1, friends, 60, 0));
    }

    @Nested
    class Swapping {
        @TestFactory
        Stream<DynamicTest> toAFreeSeat() {
            return Story.all("""
                    To a free seat of the table at once
                      Given room a for 8; table 0: ann bob
                      When  ann wants 0.3
                      Then  swapped; table 0: . bob . ann*; host term 1 at table 0

                    To a free seat of another table: it is held, then the old one given up, then it is taken
                      Given room a for 8; table 0: ann bob; table 1: cid
                      When  ann wants 1.1
                      Then  swapped; table 0: . bob* . .; table 1: cid* ann . .
                      Then  in this order: table 1, table 0, table 1

                    To a seat that is held for the player
                      Given room a for 8; bob enters a; ann enters a; ann holds seats for bob for 60 s
                      Given bob sits down at 1.0
                      When  bob wants 0.0
                      Then  swapped; table 0: bob* . . .; table 1: . . . .; a counts 2 players

                    To another table, while yet another seat is held for the player: no second one is held
                      Given room a for 12; ann, bob enter a; ann holds seats for bob for 60 s; bob sits down at 1.0
                      When  bob wants 2.0
                      Then  swapped; in this order: table 1, table 2; table 0: (bob) . . .; table 2: bob* . . .

                    A ready player is ready no more
                      Given room a for 8; table 0: ann bob; ann is ready
                      When  ann wants 0.3
                      Then  table 0: . bob . ann*

                    To one's own seat is nothing
                      Given room a for 8; table 0: ann
                      When  ann wants 0.0
                      Then  swapped; nothing changes

                    Not to a seat that is held for somebody else
                      Given room a for 8; table 0: ann; ann holds seats for bob for 60 s
                      When  ann wants 0.1
                      Then  SEAT_TAKEN

                    Not without a seat
                      Given room a for 8; ann enters a
                      When  ann wants 0.0
                      Then  NOT_SEATED

                    Not to a seat that there is not
                      Given room a for 8; table 0: ann
                      When  ann wants 0.4
                      Then  SEAT_NOT_FOUND

                    Not to a table that there is not
                      Given room a for 8; table 0: ann
                      When  ann wants 2.0
                      Then  SEAT_NOT_FOUND

                    Not while a round runs at the own table
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready
                      When  ann wants 1.0
                      Then  ROUND_RUNNING

                    Not while a round runs at the other table
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready; dan stands up
                      Given table 1: eve
                      When  eve wants 0.3
                      Then  ROUND_RUNNING
                    """);
        }

        @TestFactory
        Stream<DynamicTest> withAnotherPlayer() {
            return Story.all("""
                    Who wants a taken seat makes a wish, and nobody moves
                      Given room a for 8; table 0: ann bob
                      When  ann wants 0.1
                      Then  bob may agree until 32 s; table 0: ann* bob . .

                    When the other wants that, too, they change seats
                      Given room a for 8; table 0: ann bob; ann wants 0.1
                      When  bob wants 0.0
                      Then  swapped; table 0: bob ann* . .; host term 1 at table 0

                    Also between tables: each seat is held before it is given up
                      Given room a for 8; table 0: ann bob; table 1: . cid dan; ann wants 1.1
                      When  cid wants 0.0
                      Then  swapped; table 0: cid bob* . .; table 1: . ann dan* .
                      Then  in this order: table 1, table 0, table 1

                    Also when yet another seat is held for the other player: no second one is held
                      Given room a for 12; ann, bob enter a; ann holds seats for bob for 60 s; bob sits down at 1.0
                      Given table 2: cid; bob wants 2.0
                      When  cid wants 1.0
                      Then  swapped; table 0: (bob) . . .; table 1: cid* . . .; table 2: bob* . . .

                    Both are ready no more
                      Given room a for 8; table 0: ann bob cid; ann, bob, cid are ready; ann wants 0.1
                      When  bob wants 0.0
                      Then  table 0: bob ann* cid! .

                    Before its time the wish stands
                      Given room a for 8; table 0: ann bob; ann wants 0.1; 29 s pass
                      When  bob wants 0.0
                      Then  swapped; table 0: bob ann* . .

                    Then it is void, and the other's wish is a new one
                      Given room a for 8; table 0: ann bob; ann wants 0.1; 30 s pass
                      When  bob wants 0.0
                      Then  ann may agree until 62 s; table 0: ann* bob . .

                    A newer wish replaces an older one
                      Given room a for 8; table 0: ann bob cid; ann wants 0.1; ann wants 0.2
                      When  bob wants 0.0
                      Then  ann may agree until 33 s; table 0: ann* bob cid .

                    A wish is forgotten when its player moves
                      Given room a for 8; table 0: ann bob; ann wants 0.1; ann wants 0.2
                      When  bob wants 0.2
                      Then  ann may agree until 32 s; table 0: . bob ann* .

                    The wish for a free seat is not a wish for who sits there later
                      Given room a for 8; table 0: ann bob; bob wants 0.2; table 0: . . . cid
                      When  ann wants 0.2
                      Then  bob may agree until 33 s

                    No wishes while a round runs
                      Given room a for 8; table 0: ann bob cid dan; ann, bob, cid, dan are ready
                      When  ann wants 0.1
                      Then  ROUND_RUNNING

                    No exchange while a round runs, though both have wished before
                      Given room a for 8; table 0: ann bob cid dan; ann wants 0.1; ann, bob, cid, dan are ready
                      When  bob wants 0.0
                      Then  ROUND_RUNNING; table 0: ann* bob cid dan

                    No exchange with a table where a round runs
                      Given room a for 8; table 0: ann bob cid dan; table 1: eve; eve wants 0.0
                      Given ann, bob, cid, dan are ready
                      When  eve wants 0.0
                      Then  ROUND_RUNNING; table 1: eve* . . .
                    """);
        }
    }

    @Nested
    class Host {
        @TestFactory
        Stream<DynamicTest> host() {
            return Story.all("""
                    An empty table has no host
                      Given room a for 8
                      When  ann enters a
                      Then  table 0: . . . .; host term 0 at table 0

                    Who sits down first is the host
                      Given room a for 8
                      When  table 0: . . ann
                      Then  table 0: . . ann* .; host term 1 at table 0

                    Whoever sits down later is not
                      Given room a for 8; table 0: . . ann
                      When  table 0: bob
                      Then  table 0: bob . ann* .; host term 1 at table 0

                    When the host stands up, who has sat longest is the next
                      Given room a for 8; table 0: . . ann; table 0: . bob; table 0: cid
                      When  ann stands up
                      Then  table 0: cid bob* . .; host term 2 at table 0

                    Also when the host leaves the room
                      Given room a for 8; table 0: . . ann; table 0: . bob; table 0: cid
                      When  ann leaves a
                      Then  table 0: cid bob* . .; host term 2 at table 0

                    When another player leaves, the host stays
                      Given room a for 8; table 0: ann bob
                      When  bob leaves a
                      Then  table 0: ann* . . .; host term 1 at table 0

                    The term grows with each new host, also when the table was empty meanwhile
                      Given room a for 8; table 0: ann; ann stands up
                      When  ann takes any seat
                      Then  table 0: ann* . . .; host term 2 at table 0

                    A table that was left alone has no host
                      Given room a for 8; table 0: ann
                      When  ann stands up
                      Then  table 0: . . . .; host term 1 at table 0

                    A host who is away makes way for who has sat longest
                      Given room a for 8; table 0: . . ann; table 0: . bob; table 0: cid
                      When  ann is away from table 0
                      Then  done; table 0: cid bob* ann .; host term 2 at table 0

                    And is not away
                      Given room a for 8; table 0: . . ann; table 0: . bob; table 0: cid
                      When  ann, bob are away from table 0
                      Then  done; table 0: cid* bob ann .

                    Who comes back does not get it back
                      Given room a for 8; table 0: ann bob; ann is away from table 0
                      When  cid is away from table 0
                      Then  nothing changes; table 0: ann bob* . .; host term 2 at table 0

                    While the host is here, nothing changes
                      Given room a for 8; table 0: ann bob
                      When  bob is away from table 0
                      Then  done; nothing changes; table 0: ann* bob . .

                    When all are away, the host stays
                      Given room a for 8; table 0: ann bob
                      When  ann, bob are away from table 0
                      Then  done; nothing changes; table 0: ann* bob . .

                    At an empty table there is nobody to choose
                      Given room a for 8
                      When  ann is away from table 0
                      Then  done; nothing changes

                    Nor at a table that there is not
                      Given room a for 8
                      When  ann is away from table 2
                      Then  done; nothing changes

                    Nor in a room that there is not
                      When  ann is away from table 0
                      Then  done; nothing changes

                    To move at the table changes neither the host nor who has sat longest
                      Given room a for 8; table 0: ann bob cid; bob wants 0.3; ann wants 0.1
                      When  ann leaves a
                      Then  table 0: . . cid bob*; host term 2 at table 0

                    To come from another table is to sit down anew
                      Given room a for 8; table 1: ann bob; table 0: cid dan; 9 s pass; ann wants 0.2
                      When  cid leaves a
                      Then  table 0: . dan* ann .
                    """);
        }
    }
}
