package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.loss.SteadyCallers.Account;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the trial: for each fault everything is set up anew, so that none has to do with another. */
final class AuditTrial {

    private static final Duration BEFORE = Duration.ofSeconds(3);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration TO_RECOVER = Duration.ofSeconds(60);
    private static final Duration TO_SETTLE = Duration.ofSeconds(60);

    /** What is adrift after a kill stays so. */
    private static final Duration TO_SETTLE_AFTER_A_KILL = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int ENOUGH = 100;

    private final Launcher launcher;
    private final AuditTrialPlan plan;

    private AuditTrial(Launcher launcher, AuditTrialPlan plan) {
        this.launcher = launcher;
        this.plan = plan;
    }

    static List<LossResult> run(Launcher launcher, AuditTrialPlan plan) {
        var trial = new AuditTrial(launcher, plan);
        var results = new ArrayList<LossResult>();
        try {
            for (var fault : plan.faults()) {
                progress(fault.name() + ": " + fault.what());
                results.add(trial.one(fault));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", interrupted);
        } catch (IOException failed) {
            throw new SandboxException("the trial cannot go on: " + failed.getMessage(), failed);
        }
        return results;
    }

    private LossResult one(LossFault fault) throws IOException, InterruptedException {
        try (var stage = LossStage.set(launcher, plan, fault.needsSmallDisk())) {
            // Whatever ends this process ends the replicas, and gives the disk back.
            var hook = new Thread(stage::close);
            Runtime.getRuntime().addShutdownHook(hook);
            var account = exchanges(fault, stage);
            account.failures().forEach((failure, count) -> progress("  " + count + " times: " + failure));
            settle(fault, stage, account);
            var unstopped = ledger(stage, account);
            var result = new LossResult(fault, account, unstopped, true);
            if (!result.kept()) {
                progress("  the logs: " + stage.keepLogs());
            }
            stage.stopReplicas();
            result = new LossResult(fault, account, ledger(stage, account), stage.chainHolds());
            result.broken().forEach(promise -> progress("  broken: " + promise));
            Runtime.getRuntime().removeShutdownHook(hook);
            return result;
        }
    }

    private Account exchanges(LossFault fault, LossStage stage) throws IOException, InterruptedException {
        try (var callers = SteadyCallers.begin(stage.services(), stage::exchange, plan.rate())) {
            Thread.sleep(BEFORE);
            fault.step().during(stage, plan.each());
            boolean recovered = recover(callers);
            Thread.sleep(AFTER);
            return callers.end(recovered);
        }
    }

    /** Waits until callers get tokens again. */
    private static boolean recover(SteadyCallers callers) throws InterruptedException {
        long before = callers.granted();
        long end = System.nanoTime() + TO_RECOVER.toNanos();
        while (callers.granted() < before + ENOUGH && System.nanoTime() < end) {
            Thread.sleep(BETWEEN_LOOKS);
        }
        return callers.granted() >= before + ENOUGH;
    }

    /** Waits until what was not handed out is revoked, and what was spooled is written. */
    private static void settle(LossFault fault, LossStage stage, Account account)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + (fault.killsService() ? TO_SETTLE_AFTER_A_KILL : TO_SETTLE).toNanos();
        for (var ledger = ledger(stage, account);
                ledger.missing() + ledger.adrift() > 0 && System.nanoTime() < end;
                ledger = ledger(stage, account)) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static LossLedger ledger(LossStage stage, Account account) throws IOException, InterruptedException {
        return LossLedger.of(account, stage.minted(), stage.postgres().query(LossLedger.RECORDS));
    }

    static void progress(String what) {
        System.err.println("octo-sts audit-trial: " + what);
    }
}
