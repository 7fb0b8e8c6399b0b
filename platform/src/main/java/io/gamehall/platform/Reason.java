package io.gamehall.platform;

import io.grpc.Status;

/**
 * Every reason that any GameHall API gives for not doing what it was asked. The names are part of the API; each is
 * explained in {@code docs/errors.md}.
 */
public enum Reason {
    REQUEST_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The request is malformed"),
    PATH_UNKNOWN(Status.Code.NOT_FOUND, 404, "There is nothing at this path"),
    METHOD_NOT_ALLOWED(Status.Code.UNIMPLEMENTED, 405, "The path does not take this method"),
    MEDIA_TYPE_UNSUPPORTED(Status.Code.INVALID_ARGUMENT, 415, "The media type is not supported"),
    BODY_TOO_LARGE(Status.Code.RESOURCE_EXHAUSTED, 413, "The request is too large"),
    INTERNAL(Status.Code.INTERNAL, 500, "The service failed"),
    DEPENDENCY_UNAVAILABLE(Status.Code.UNAVAILABLE, 503, "A server that this needs does not answer"),
    OVERLOADED(Status.Code.RESOURCE_EXHAUSTED, 503, "Too much is asked at the moment"),

    TOKEN_MISSING(Status.Code.UNAUTHENTICATED, 401, "A session token is needed"),
    TOKEN_INVALID(Status.Code.UNAUTHENTICATED, 401, "The session token is not valid"),
    TOKEN_EXPIRED(Status.Code.UNAUTHENTICATED, 401, "The session token has expired"),
    SESSION_ENDED(Status.Code.UNAUTHENTICATED, 401, "The session has ended"),
    CREDENTIAL_INVALID(Status.Code.UNAUTHENTICATED, 401, "The service credential is missing or wrong"),
    ROLE_MISSING(Status.Code.PERMISSION_DENIED, 403, "The session's role does not allow this"),

    NAME_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The name is not acceptable"),
    NAME_TAKEN(Status.Code.ALREADY_EXISTS, 409, "The name is taken"),
    PASSWORD_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The password is not acceptable"),
    REGION_UNKNOWN(Status.Code.INVALID_ARGUMENT, 400, "There is no such region"),
    LOGIN_FAILED(Status.Code.UNAUTHENTICATED, 401, "Name or password is wrong"),
    ACCOUNT_NOT_FOUND(Status.Code.NOT_FOUND, 404, "There is no such account"),
    ACCOUNT_MOVING(Status.Code.UNAVAILABLE, 503, "The account is being moved to another region"),
    ALREADY_LOGGED_IN(Status.Code.FAILED_PRECONDITION, 409, "The account has a live session"),
    SESSION_TOO_OLD(Status.Code.UNAUTHENTICATED, 401, "The session can't be prolonged any more"),
    GUESTS_OFF(Status.Code.FAILED_PRECONDITION, 403, "The hall takes no guests"),
    OIDC_OFF(Status.Code.FAILED_PRECONDITION, 403, "The hall trusts no OpenID Connect issuer"),
    TICKET_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The redirect's ticket is not valid"),
    HALL_FULL(Status.Code.RESOURCE_EXHAUSTED, 503, "Every hall that may take the player is full"),
    STREAMS_MAX(Status.Code.RESOURCE_EXHAUSTED, 429, "Too many streams are open at once"),

    GAME_UNKNOWN(Status.Code.NOT_FOUND, 404, "There is no such game"),
    PAGE_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The page is not acceptable"),
    ROOM_NOT_FOUND(Status.Code.NOT_FOUND, 404, "There is no such room"),
    ROOM_FULL(Status.Code.FAILED_PRECONDITION, 409, "The room is full"),
    ROOM_CLOSED(Status.Code.FAILED_PRECONDITION, 409, "The room is closed"),
    ROOM_EXISTS(Status.Code.ALREADY_EXISTS, 409, "Another room of this id exists"),
    WAIT_LIST_FULL(Status.Code.FAILED_PRECONDITION, 409, "Too many wait for the room"),
    GAME_FULL(Status.Code.FAILED_PRECONDITION, 409, "Every room of the game is full"),
    ALREADY_IN_ROOM(Status.Code.FAILED_PRECONDITION, 409, "The player is in a room of this game"),
    ALREADY_ENTERING(Status.Code.ABORTED, 409, "The player is entering a room of this game elsewhere"),
    NOT_IN_ROOM(Status.Code.FAILED_PRECONDITION, 409, "The player is not in the room"),
    PEER_NOT_HERE(Status.Code.FAILED_PRECONDITION, 409, "The other player is not here"),
    ALREADY_SEATED(Status.Code.FAILED_PRECONDITION, 409, "The player has a seat"),
    NOT_SEATED(Status.Code.FAILED_PRECONDITION, 409, "The player has no seat"),
    NO_FREE_SEAT(Status.Code.FAILED_PRECONDITION, 409, "No table has a free seat"),
    SEAT_NOT_FOUND(Status.Code.NOT_FOUND, 404, "There is no such seat"),
    SEAT_TAKEN(Status.Code.FAILED_PRECONDITION, 409, "The seat is taken, or held for somebody"),
    RESERVATIONS_MAX(Status.Code.FAILED_PRECONDITION, 409, "No more seats can be held"),
    ROUND_RUNNING(Status.Code.FAILED_PRECONDITION, 409, "A round is running at the table"),
    NOT_IN_ROUND(Status.Code.FAILED_PRECONDITION, 409, "The player is not in that round"),
    RESULT_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The result does not fit the round"),
    TEXT_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The text is not acceptable"),
    NOT_OWNER(Status.Code.FAILED_PRECONDITION, 409, "Another process owns the room's partition"),
    OWNER_UNAVAILABLE(Status.Code.UNAVAILABLE, 503, "The room's owner can't answer just now"),

    ACTIVITY_NOT_FOUND(Status.Code.NOT_FOUND, 404, "There is no such activity"),
    ACTIVITY_INVALID(Status.Code.INVALID_ARGUMENT, 400, "The activity is not acceptable"),
    ACTIVITY_EXISTS(Status.Code.ALREADY_EXISTS, 409, "An activity of this id exists"),
    ACTIVITY_CHANGED(Status.Code.ABORTED, 409, "The activity has been edited by somebody else"),
    ACTIVITY_SUSPENDED(Status.Code.UNAVAILABLE, 503, "The activity is suspended"),
    ACTIVITY_NOT_OPEN(Status.Code.FAILED_PRECONDITION, 409, "The activity has not opened yet"),
    ACTIVITY_CLOSED(Status.Code.FAILED_PRECONDITION, 409, "The activity has closed"),
    NOT_ELIGIBLE(Status.Code.FAILED_PRECONDITION, 403, "The player does not meet a condition of the activity"),
    DAY_USED_UP(Status.Code.FAILED_PRECONDITION, 409, "The player has all joins of the day"),
    ACTIVITY_BUSY(Status.Code.RESOURCE_EXHAUSTED, 429, "More players want to join than are let in at a time"),
    SOLD_OUT(Status.Code.FAILED_PRECONDITION, 409, "The activity's quota is used up"),
    REWARD_NOT_FOUND(Status.Code.NOT_FOUND, 404, "The player has no such reward"),
    REWARD_EXPIRED(Status.Code.FAILED_PRECONDITION, 409, "The reward was not claimed in time"),
    REWARD_REVOKED(Status.Code.FAILED_PRECONDITION, 409, "The reward was taken back"),
    TOO_FAST(Status.Code.RESOURCE_EXHAUSTED, 429, "Too many requests");

    private final Status.Code grpc;
    private final int http;
    private final String title;

    Reason(Status.Code grpc, int http, String title) {
        this.grpc = grpc;
        this.http = http;
        this.title = title;
    }

    /** Status code of a gRPC answer. */
    public Status.Code grpc() {
        return grpc;
    }

    /** Status code of a REST answer. */
    public int http() {
        return http;
    }

    /** One short sentence for people, the same in each answer with this reason. */
    public String title() {
        return title;
    }
}
