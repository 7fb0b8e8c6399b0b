package io.gamehall.room.domain;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;

/** Who gets in and out of a room. How to read the stories: {@link Story}. */
class RoomRulesTest {
    @Nested
    class Entering {
        @TestFactory
        Stream<DynamicTest> entering() {
            return Story.all("""
                    A player gets in and learns the true count
                      Given room a for 3; ann enters a
                      When  bob enters a
                      Then  in a, 2 of 3; a holds ann, bob

                    A room that nobody has opened is not found
                      When  ann enters a
                      Then  ROOM_NOT_FOUND

                    A full room refuses with its true count
                      Given room a for 2; ann, bob enter a
                      When  cid enters a
                      Then  ROOM_FULL (capacity 2, members 2, waiting 0); a holds ann, bob

                    A full room names up to three others of the game that have space, the fullest first
                      Given room a for 1; room b for 9; room c for 9; room d for 9; room e for 9; room full for 1
                      Given room m of mahjong for 9; room z for 9; room z closes
                      Given ann enters a; bob, cid enter d; dan enters c; eve enters full
                      When  fay enters a
                      Then  ROOM_FULL (alternatives d,c,b, capacity 1, members 1, waiting 0)

                    Places that are held count in a full room, but are no members
                      Given room a for 2; ann enters a; ann holds seats for bob for 60 s
                      When  cid enters a
                      Then  ROOM_FULL (capacity 2, members 1, waiting 0); a counts 2 players

                    A closed room refuses
                      Given room a for 4; room a closes
                      When  ann enters a
                      Then  ROOM_CLOSED

                    A player is in one room of a game only
                      Given room a for 4; room b for 4; ann enters a
                      When  ann enters b
                      Then  ALREADY_IN_ROOM (room_id a); b holds nobody

                    Another game is another matter
                      Given room a for 4; room m of mahjong for 4; ann enters a
                      When  ann enters m
                      Then  in m, 1 of 4; a holds ann

                    Who is in already stays in, with the seat: that is how a lost player comes back
                      Given room a for 4; table 0: . ann
                      When  ann enters a
                      Then  in a, 1 of 4; nothing changes; table 0: . ann* . .

                    Who is in already stays in, also when the room has been closed
                      Given room a for 4; ann enters a; room a closes
                      When  ann enters a
                      Then  in a, 1 of 4
                    """);
        }
    }

    @Nested
    class AutoEnter {
        @TestFactory
        Stream<DynamicTest> autoEnter() {
            return Story.all("""
                    Auto-enter picks the fullest room of the game that has space
                      Given room a for 2; room b for 2; room m of mahjong for 9; bob enters b; cid, dan enter m
                      When  ann enters any room of upgrade
                      Then  in b, 2 of 2

                    Of rooms equally full it picks the first
                      Given room b for 2; room a for 2
                      When  ann enters any room of upgrade
                      Then  in a, 1 of 2

                    It passes by full rooms
                      Given room a for 1; room b for 2; bob enters a
                      When  ann enters any room of upgrade
                      Then  in b, 1 of 2

                    It passes by closed rooms
                      Given room a for 4; room b for 4; bob enters a; room a closes
                      When  ann enters any room of upgrade
                      Then  in b, 1 of 4

                    Held places make a room fuller
                      Given room a for 9; room b for 9; bob enters a; cid enters b; cid holds seats for dan for 60 s
                      When  ann enters any room of upgrade
                      Then  in b, 2 of 9

                    It is refused when every room of the game is full
                      Given room a for 1; room m of mahjong for 9; bob enters a
                      When  ann enters any room of upgrade
                      Then  GAME_FULL

                    A free place that somebody waits for is not for others
                      Given room a for 1; bob enters a; cid enters a or waits; room a gets 2 places
                      When  ann enters any room of upgrade
                      Then  GAME_FULL

                    It leads back to the room that the player is in, and to the seat
                      Given room a for 9; room b for 9; cid, dan enter b; table 0: ann
                      When  ann enters any room of upgrade
                      Then  in a, 1 of 9; nothing changes; table 0: ann* . . .

                    It ends the waiting for another room of the game
                      Given room a for 1; room b for 1; bob enters a; ann enters a or waits
                      When  ann enters any room of upgrade
                      Then  in b, 1 of 1; nobody waits for a; in this order: ann from a, ann into b

                    Who finds no place goes on waiting
                      Given room a for 1; bob enters a; ann enters a or waits
                      When  ann enters any room of upgrade
                      Then  GAME_FULL; ann waits for a
                    """);
        }
    }

    @Nested
    class WaitList {
        @TestFactory
        Stream<DynamicTest> waitList() {
            return Story.all("""
                    Who finds a room full may wait, and learns the place in the line
                      Given room a for 1; ann enters a; bob enters a or waits
                      When  cid enters a or waits
                      Then  number 2 in line for a, 1 of 1; bob, cid wait for a; a holds ann

                    Who would wait, but finds space, gets in
                      Given room a for 2; ann enters a
                      When  bob enters a or waits
                      Then  in a, 2 of 2; nobody waits for a

                    Who asks again keeps the place in the line, and learns it
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  bob enters a or waits
                      Then  number 1 in line for a, 1 of 1; nothing changes; bob, cid wait for a

                    Who asks again without wanting to wait keeps the place, too
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  cid enters a
                      Then  number 2 in line for a, 1 of 1; bob, cid wait for a

                    When a member leaves, the first in line enters
                      Given room a for 2; ann, bob enter a; dan, cid enter a or wait
                      When  ann leaves a
                      Then  left; in this order: ann from a, dan into a; a holds bob, dan; cid waits for a

                    When a member is removed, the first in line enters
                      Given room a for 1; ann enters a; dan, cid enter a or wait
                      When  ann is removed from a
                      Then  done; a holds dan; cid waits for a

                    The line moves up
                      Given room a for 1; ann enters a; bob, cid, dan enter a or wait; bob leaves a
                      When  dan enters a or waits
                      Then  number 2 in line for a, 1 of 1

                    Who comes later waits behind all others, also after the line has moved
                      Given room a for 1; ann enters a; bob, cid, dan enter a or wait; ann leaves a; cid leaves a
                      When  eve enters a or waits
                      Then  number 2 in line for a, 1 of 1; dan, eve wait for a

                    Who leaves the line loses nobody else's place
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  bob leaves a
                      Then  left; cid waits for a; a holds ann

                    Who waits may be removed from the line
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  bob is removed from a
                      Then  done; cid waits for a; a holds ann

                    Who has left the line and comes back is the last
                      Given room a for 1; ann enters a; bob, cid enter a or wait; bob leaves a
                      When  bob enters a or waits
                      Then  number 2 in line for a, 1 of 1; cid, bob wait for a

                    Nobody overtakes the line
                      Given room a for 1; ann enters a; bob enters a or waits; room a gets 2 places
                      When  cid enters a
                      Then  ROOM_FULL (capacity 2, members 1, waiting 1)

                    When there is more space than the line is long, a newcomer overtakes nobody
                      Given room a for 1; ann enters a; bob enters a or waits; room a gets 3 places
                      When  cid enters a
                      Then  in a, 2 of 3; bob waits for a; a calls the next in line

                    To enter another room of the game ends the waiting
                      Given room a for 1; room b for 2; ann enters a; bob, cid enter a or wait
                      When  bob enters b
                      Then  in b, 1 of 2; cid waits for a; in this order: bob from a, bob into b

                    To wait for another room of the game ends the waiting
                      Given room a for 1; room b for 1; ann enters a; bob enters b; cid enters a or waits
                      When  cid enters b or waits
                      Then  number 1 in line for b, 1 of 1; nobody waits for a; cid waits for b

                    To be refused by another room does not end the waiting
                      Given room a for 1; room b for 1; ann enters a; bob enters b; cid enters a or waits
                      When  cid enters b
                      Then  ROOM_FULL; cid waits for a

                    One may wait for rooms of two games
                      Given room a for 1; room m of mahjong for 1; ann enters a; bob enters m; cid enters a or waits
                      When  cid enters m or waits
                      Then  number 1 in line for m, 1 of 1; cid waits for a

                    Who is in a room does not wait for another one of the game
                      Given room a for 4; room b for 1; ann enters a; bob enters b
                      When  ann enters b or waits
                      Then  ALREADY_IN_ROOM (room_id a); nobody waits for b

                    Who waits is no member yet
                      Given room a for 1; ann enters a; bob enters a or waits
                      When  bob takes any seat
                      Then  NOT_IN_ROOM

                    Two hundred may wait
                      Given room a for 1; ann enters a; 199 others wait for a
                      When  bob enters a or waits
                      Then  number 200 in line for a, 1 of 1

                    But not more
                      Given room a for 1; ann enters a; 200 others wait for a
                      When  bob enters a or waits
                      Then  WAIT_LIST_FULL (waiting 200)
                    """);
        }
    }

    @Nested
    class Leaving {
        @TestFactory
        Stream<DynamicTest> leaving() {
            return Story.all("""
                    Who leaves gives up the seat first, and then the place
                      Given room a for 4; table 0: ann bob
                      When  ann leaves a
                      Then  left; in this order: table 0, ann from a; a holds bob; table 0: . bob* . .

                    One can't leave a room that nobody has opened
                      When  ann leaves a
                      Then  ROOM_NOT_FOUND

                    One can't leave a room that one is not in
                      Given room a for 4
                      When  ann leaves a
                      Then  NOT_IN_ROOM

                    Who has left may enter another room
                      Given room a for 4; room b for 4; ann enters a; ann leaves a
                      When  ann enters b
                      Then  in b, 1 of 4

                    A place that is held for the leaver stays held, and the line does not move
                      Given room a for 4; ann, bob, cid, dan enter a; ann holds seats for bob for 60 s
                      Given eve enters a or waits
                      When  bob leaves a
                      Then  left; a holds ann, cid, dan; a counts 4 players; eve waits for a

                    When a room holds more than its capacity, a leaver makes no place
                      Given room a for 3; ann, bob, cid enter a; dan enters a or waits; room a gets 2 places
                      When  ann leaves a
                      Then  a holds bob, cid; dan waits for a

                    A closed room lets people out, but nobody in
                      Given room a for 2; ann, bob enter a; room a closes
                      When  ann leaves a
                      Then  left; a holds bob
                    """);
        }
    }

    @Nested
    class InsideOfARoom {
        @TestFactory
        Stream<DynamicTest> onlyMembersMayDoAnything() {
            return Stream.of(
                            "ann takes any seat",
                            "ann sits down at 0.0",
                            "ann wants 0.1",
                            "ann sits down with bob",
                            "ann holds seats for bob for 60 s",
                            "ann stands up",
                            "ann is ready",
                            "ann reports 0",
                            "ann says 'hello'",
                            "ann whispers 'hello' to bob",
                            "ann signals bob")
                    .flatMap(deed -> Story.all("""
                            Only for members: %1$s
                              Given room a for 4; bob enters a
                              When  %1$s
                              Then  NOT_IN_ROOM
                            """.formatted(deed)));
        }

        @TestFactory
        Stream<DynamicTest> insideOfARoom() {
            return Story.all("""
                    There is nothing to do in a room that nobody has opened
                      When  ann takes any seat
                      Then  ROOM_NOT_FOUND
                    """);
        }
    }

    @Nested
    class Sessions {
        @TestFactory
        Stream<DynamicTest> sessions() {
            return Story.all("""
                    A newer session takes the membership over, with the seat
                      Given room a for 4; table 0: ann
                      When  ann enters a in session 8
                      Then  in a, 1 of 4; ann is in a by session 8; table 0: ann* . . .

                    A newer session takes over with whatever it does first
                      Given room a for 4; table 0: ann
                      When  ann stands up in session 8
                      Then  stood up; ann is in a by session 8; in this order: ann into a, table 0

                    Also with a mere word
                      Given room a for 4; ann enters a
                      When  ann says 'hello' in session 8
                      Then  said; ann is in a by session 8

                    A newer session that is refused takes nothing over
                      Given room a for 4; ann enters a
                      When  ann stands up in session 8
                      Then  NOT_SEATED; ann is in a by session 7

                    An older session can do nothing in the room
                      Given room a for 4; ann enters a in session 8
                      When  ann takes any seat
                      Then  SESSION_ENDED

                    An older session can't enter again
                      Given room a for 4; ann enters a in session 8
                      When  ann enters a
                      Then  SESSION_ENDED

                    An older session can't auto-enter again
                      Given room a for 4; ann enters a in session 8
                      When  ann enters any room of upgrade
                      Then  SESSION_ENDED

                    An older session can't leave
                      Given room a for 4; ann enters a in session 8
                      When  ann leaves a
                      Then  SESSION_ENDED; a holds ann

                    A newer session may leave
                      Given room a for 4; ann enters a
                      When  ann leaves a in session 8
                      Then  left; a holds nobody

                    A newer session takes the place in the line over
                      Given room a for 1; ann enters a; bob, cid enter a or wait
                      When  bob enters a or waits in session 8
                      Then  number 1 in line for a, 1 of 1; bob waits by session 8; bob, cid wait for a

                    And enters with it
                      Given room a for 1; ann enters a; bob enters a or waits; bob enters a or waits in session 8
                      When  ann leaves a
                      Then  bob is in a by session 8

                    An older session has no part in the line
                      Given room a for 1; ann enters a; bob enters a or waits in session 8
                      When  bob enters a or waits
                      Then  SESSION_ENDED

                    An older session can't leave the line
                      Given room a for 1; ann enters a; bob enters a or waits in session 8
                      When  bob leaves a
                      Then  SESSION_ENDED; bob waits for a

                    An older session can't end the waiting by entering another room
                      Given room a for 1; room b for 4; ann enters a; bob enters a or waits in session 8
                      When  bob enters b
                      Then  SESSION_ENDED; bob waits for a

                    An older session can't end the waiting by auto-entering
                      Given room a for 1; room b for 4; ann enters a; bob enters a or waits in session 8
                      When  bob enters any room of upgrade
                      Then  SESSION_ENDED; bob waits for a
                    """);
        }
    }
}
