package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.MemoryBudget;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how many users are in the playground at a time, before their input is read. When all places are taken, the
 * request that has been sending for the longest time is closed.
 */
final class PlaygroundDoor {

    private static final int PLACES = 8;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    private static final Problem BUSY = new Problem(
            ProblemCode.RESOURCE_EXHAUSTED,
            "the playground is busy; try again in a few seconds",
            Duration.ofSeconds(5));

    private final MemoryBudget places;

    PlaygroundDoor() {
        this(System::nanoTime);
    }

    PlaygroundDoor(LongSupplier nanoTime) {
        this.places = new MemoryBudget(PLACES, PATIENCE, nanoTime);
    }

    /**
     * Reads the input, and runs the check of it.
     *
     * @throws InvalidRequestException when there is no place, when others needed it, or what {@code reading} throws
     */
    <I, O> O enter(InputReading<I> reading, Trying<I, O> trying) throws InvalidRequestException {
        var interruption = new Interruption(Thread.currentThread());
        try (var place = places.hold(1, interruption::interrupt).orElseThrow(() -> new InvalidRequestException(BUSY))) {
            return trying.on(read(reading, place, interruption));
        }
    }

    private static <I> I read(InputReading<I> reading, MemoryBudget.Hold place, Interruption interruption)
            throws InvalidRequestException {
        InvalidRequestException failure;
        try {
            I input = reading.read();
            if (!interruption.end()) {
                return input;
            }
            failure = new InvalidRequestException(BUSY);
        } catch (InvalidRequestException invalid) {
            failure = interruption.end() ? new InvalidRequestException(BUSY) : invalid;
        } finally {
            place.settle();
            interruption.end();
        }
        throw failure;
    }

    /** Reads the input. */
    @FunctionalInterface
    interface InputReading<I> {
        I read() throws InvalidRequestException;
    }

    /** Runs the check of the input. */
    @FunctionalInterface
    interface Trying<I, O> {
        O on(I input);
    }

    /**
     * Interrupts a thread while it reads, and never later: the next request of its connection must not be interrupted.
     * Interrupting a virtual thread closes the socket that it reads from.
     */
    private static final class Interruption {

        private final Thread reader;
        private boolean ended;
        private boolean interrupted;

        Interruption(Thread reader) {
            this.reader = reader;
        }

        synchronized void interrupt() {
            if (!ended) {
                interrupted = true;
                reader.interrupt();
            }
        }

        /** Says whether there was one, and takes it from the thread. */
        synchronized boolean end() {
            ended = true;
            if (interrupted) {
                Thread.interrupted();
            }
            return interrupted;
        }
    }
}
