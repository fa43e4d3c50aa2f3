package dev.octosts.app.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.trace.Trace;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * What the steps of the code cost where nobody records them. That they are recorded is shown by the module that does.
 */
class StepCostTest {

    private static final int OFTEN = 200_000;

    @Test
    void makes_no_object_where_nothing_is_recorded() throws Exception {
        steps();
        long before = allocated();

        steps();

        // The call that asks makes some itself; one object in each round would be 16 bytes.
        assertThat(allocated() - before).isLessThan(OFTEN);
    }

    private static long allocated() throws JMException {
        return (Long) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                        "getThreadAllocatedBytes",
                        new Object[] {Thread.currentThread().threadId()},
                        new String[] {"long"});
    }

    private static void steps() {
        for (int round = 0; round < OFTEN; round++) {
            try (var step = Trace.begin("outer");
                    var call = Trace.call("inner")) {
                call.request("GET", "https", "example.com", 0, "/");
                call.answered(200);
                step.set("name", "value");
                Trace.note("name", "value");
                Trace.note("name", 1);
            }
        }
    }

    @Test
    void leaves_work_for_other_threads_as_it_is() {
        Runnable work = () -> {};
        assertThat(Trace.carried(work)).isSameAs(work);
        assertThat(Trace.isOn()).isFalse();
        try (var one = Trace.begin("a");
                var other = Trace.call("b")) {
            assertThat(one).isSameAs(other);
            assertThat(one.isRecorded()).isFalse();
        }
    }
}
