package dev.octosts.sandbox.loss;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The faults of the trial. */
final class LossFaults {

    private static final Duration BETWEEN_RESETS = Duration.ofMillis(100);

    private static final Duration BETWEEN_VANISHINGS = Duration.ofSeconds(1);

    static final List<LossFault> ALL = List.of(
            new LossFault(
                    "kill-service",
                    "kills each replica with kill -9, one after the other, and starts it again",
                    true,
                    false,
                    LossFaults::killService),
            new LossFault(
                    "kill-database",
                    "kills every process of PostgreSQL with kill -9, and starts it again",
                    false,
                    false,
                    LossFaults::killDatabase),
            new LossFault(
                    "disk-full",
                    "fills the disk of PostgreSQL with its write-ahead log (with async, that of the spools), and frees it"
                            + " again; needs root",
                    false,
                    true,
                    LossFaults::fillDisk),
            new LossFault(
                    "network-stops",
                    "lets no byte through between the replicas and PostgreSQL, and then all that waited",
                    false,
                    false,
                    LossFaults::stopNetwork),
            new LossFault(
                    "network-resets",
                    "resets every connection to PostgreSQL, ten times a second",
                    false,
                    false,
                    LossFaults::resetNetwork),
            new LossFault(
                    "answers-lost",
                    "lets commits through and none of PostgreSQL's answers, and resets the connections",
                    false,
                    false,
                    LossFaults::loseAnswers),
            new LossFault(
                    "replicas-vanish",
                    "cuts all connections off once a second, so that PostgreSQL does not hear of it and keeps their locks",
                    false,
                    false,
                    LossFaults::vanish));

    private LossFaults() {}

    private static void killService(LossStage stage, Duration time) throws IOException, InterruptedException {
        for (int replica = 0; replica < stage.replicas(); replica++) {
            stage.killReplica(replica);
            Thread.sleep(time.dividedBy(stage.replicas()));
            stage.startReplica(replica);
        }
    }

    private static void killDatabase(LossStage stage, Duration time) throws IOException, InterruptedException {
        stage.postgres().kill();
        Thread.sleep(time);
        stage.postgres().resume();
    }

    private static void fillDisk(LossStage stage, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            // Again and again: what a failed transaction gives back is taken, too.
            stage.disk().fill();
            Thread.sleep(BETWEEN_RESETS);
        }
        stage.disk().free();
        // A server that cannot write its log ends by itself; who frees its disk starts it again.
        if (!stage.postgres().isRunning()) {
            stage.postgres().resume();
        }
    }

    private static void stopNetwork(LossStage stage, Duration time) throws InterruptedException {
        stage.network().become(NetworkCut.Mode.HOLD);
        Thread.sleep(time);
        stage.network().become(NetworkCut.Mode.PASS);
    }

    private static void resetNetwork(LossStage stage, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            stage.network().reset();
            Thread.sleep(BETWEEN_RESETS);
        }
    }

    private static void loseAnswers(LossStage stage, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            stage.network().become(NetworkCut.Mode.HOLD_ANSWERS);
            Thread.sleep(BETWEEN_RESETS);
            stage.network().reset();
            stage.network().become(NetworkCut.Mode.PASS);
            // As long as it takes to connect again, so that the next commits get as far as that.
            Thread.sleep(BETWEEN_RESETS);
        }
    }

    private static void vanish(LossStage stage, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            stage.network().vanish();
            Thread.sleep(BETWEEN_VANISHINGS);
        }
    }
}
