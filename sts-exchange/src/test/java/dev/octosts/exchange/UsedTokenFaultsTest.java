package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.ExchangeOnceTest.USED;
import static dev.octosts.exchange.ExchangeOnceTest.exchange;
import static dev.octosts.exchange.ExchangeOnceTest.once;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.TurnedAway;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.exchange.store.MemoryUsedTokens;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.Call;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that takes each token once, while the store of used tokens does not do its work. */
@Timeout(60)
class UsedTokenFaultsTest {

    private static final Problem UNKNOWN =
            new Problem(UNAVAILABLE, "unable to tell whether the token was used already; try again in a moment");

    /** Hangs or fails where a test says so. */
    private static final class Store implements UsedTokens {

        private final MemoryUsedTokens kept = new MemoryUsedTokens(System::nanoTime);
        private volatile boolean failing;
        private volatile @Nullable CountDownLatch hanging;
        private volatile boolean full;

        @Override
        public Result use(Use use, Duration life) throws StoreException {
            if (failing) {
                throw new StoreException("SQLException (SQL state 08006)", null);
            }
            if (full) {
                return Result.FULL;
            }
            Result result = kept.use(use, life);
            CountDownLatch until = hanging;
            if (until != null) {
                try {
                    until.await();
                } catch (InterruptedException ended) {
                    throw new StoreException("interrupted", ended);
                }
            }
            return result;
        }

        @Override
        public void takeBack(Use use) {
            kept.takeBack(use);
        }
    }

    @Test
    void nothing_is_minted_while_the_store_fails_and_the_token_is_as_good_as_before() {
        var store = new Store();
        try (var world = once(store)) {
            String bearer = world.token().sign();
            store.failing = true;
            assertThat(refused(exchange(world, bearer))).isEqualTo(UNKNOWN);
            assertThat(world.gitHub().log().count(Call::finalMint)).isZero();

            store.failing = false;
            world.gitHub().time().passes(Duration.ofSeconds(1));
            world.granted(exchange(world, bearer));
        }
    }

    @Test
    void an_answer_that_comes_too_late_does_not_use_the_token_up() {
        var store = new Store();
        try (var world = once(store)) {
            String bearer = world.token().sign();
            var hanging = new CountDownLatch(1);
            store.hanging = hanging;
            assertThat(refused(exchange(world, bearer))).isEqualTo(UNKNOWN);

            store.hanging = null;
            hanging.countDown();
            world.gitHub().time().passes(Duration.ofSeconds(1));
            Await.until("the token is free again", () -> exchange(world, bearer) instanceof ExchangeResult.Granted);
            assertThat(refused(exchange(world, bearer))).isEqualTo(USED);
        }
    }

    @Test
    void a_store_without_room_refuses_for_the_moment() {
        var store = new Store();
        try (var world = once(store)) {
            store.full = true;
            Problem refusal = refused(world.exchange());

            assertThat(refusal.code()).isEqualTo(UNAVAILABLE);
            assertThat(refusal.message()).isEqualTo("too many used tokens are remembered; try again later");
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(10));
            assertThat(world.turnedAway()).containsExactly(TurnedAway.USED_TOKENS);
            assertThat(world.gitHub().log().count(Call::finalMint)).isZero();
        }
    }
}
