package dev.octosts.exchange.cache;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.api.budget.WorkQueue.Limits;
import dev.octosts.api.budget.WorkQueue.Standing;
import java.time.Duration;
import java.util.function.Function;

/**
 * Parses the content of files. GitHub returns files of up to 1 MiB, and a large one takes many milliseconds to parse.
 * So a large file is parsed on one platform thread, where owners take turns: the threads that serve all callers are
 * never held by the files of one tenant.
 */
public final class LargeFiles {

    /** A file of this size, in bytes, is parsed in a few milliseconds. */
    static final int LARGE = 64 * 1024;

    private static final WorkQueue QUEUE = new WorkQueue("files-", 1, new Limits(64, 8, Duration.ofSeconds(4)));

    private LargeFiles() {}

    /**
     * Parses a file.
     *
     * @param owner the account that the file belongs to
     * @throws BusyException when too many large files wait already, or when this one is not parsed in time
     */
    public static <T> T parse(String owner, byte[] file, Function<byte[], T> parser) throws BusyException {
        return file.length <= LARGE ? parser.apply(file) : QUEUE.run(owner, Standing.UNKNOWN, () -> parser.apply(file));
    }
}
