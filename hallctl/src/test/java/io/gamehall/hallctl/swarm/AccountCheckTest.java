package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.hallctl.swarm.AccountCheck.Seen;
import org.junit.jupiter.api.Test;

class AccountCheckTest {
    private static final long PLAYER = 77;

    @Test
    void an_account_agrees_when_rounds_and_score_over_all_games_are_those_seen() throws Exception {
        assertThat(AccountCheck.mismatch(account(2, 1, 1, 30), new Seen(PLAYER, 5, 25, 0, false)))
                .isEmpty();
    }

    @Test
    void a_round_too_few_or_too_many_or_another_score_is_a_mismatch() throws Exception {
        var account = account(2, 1, 1, 30);
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 6, 25, 0, false)))
                .isPresent();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 4, 25, 0, false)))
                .isPresent();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 5, 24, 0, false)))
                .isPresent();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER + 1, 5, 25, 0, false)))
                .isPresent();
    }

    @Test
    void rounds_that_may_have_been_deserted_may_count_but_need_not() throws Exception {
        var account = account(2, 1, 1, 30);
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 4, 0, 1, false)))
                .isEmpty();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 5, 25, 1, false)))
                .isEmpty();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 3, 0, 1, false)))
                .isPresent();
    }

    @Test
    void after_a_broken_stream_more_rounds_may_count_but_not_fewer() throws Exception {
        var account = account(2, 1, 1, 30);
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 1, 0, 0, true)))
                .isEmpty();
        assertThat(AccountCheck.mismatch(account, new Seen(PLAYER, 6, 0, 0, true)))
                .isPresent();
    }

    /** With a game of one lost round and score -5 beside the given one. */
    private static JsonNode account(int wins, int losses, int draws, int score) throws JsonProcessingException {
        return new ObjectMapper().readTree("""
                {"player_id":"77","name":"s1","region":"shenzhen-telecom","points":100,"games":[
                 {"game":"mahjong","score":-5,"wins":0,"losses":1,"draws":0,"disputed":3},
                 {"game":"upgrade","score":%d,"wins":%d,"losses":%d,"draws":%d,"disputed":0}]}
                """.formatted(score, wins, losses, draws));
    }
}
