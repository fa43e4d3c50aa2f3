package dev.octosts.sandbox.loss;

import java.io.IOException;
import java.time.Duration;

/**
 * Something that goes wrong while exchanges are made.
 *
 * @param killsService whether processes of the service end in the midst of exchanges
 * @param needsSmallDisk whether a disk is filled
 */
record LossFault(String name, String what, boolean killsService, boolean needsSmallDisk, Step step) {

    /** What is done. When it returns, everything works again that the trial can make work. */
    interface Step {
        void during(LossStage stage, Duration time) throws IOException, InterruptedException;
    }
}
