package dev.octosts.exchange.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LargeFilesTest {

    @Test
    void a_file_of_usual_size_is_parsed_at_once() throws Exception {
        Thread parser = LargeFiles.parse("octo-org", new byte[LargeFiles.LARGE], _ -> Thread.currentThread());

        assertThat(parser).isSameAs(Thread.currentThread());
    }

    @Test
    void a_larger_file_is_parsed_on_a_thread_that_serves_no_callers() throws Exception {
        Thread parser = LargeFiles.parse("octo-org", new byte[LargeFiles.LARGE + 1], _ -> Thread.currentThread());

        assertThat(parser).isNotSameAs(Thread.currentThread());
        assertThat(parser.isVirtual()).isFalse();
    }

    @Test
    void a_fault_of_the_parser_reaches_the_caller() {
        assertThatThrownBy(() -> LargeFiles.parse("octo-org", new byte[LargeFiles.LARGE + 1], _ -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
    }
}
