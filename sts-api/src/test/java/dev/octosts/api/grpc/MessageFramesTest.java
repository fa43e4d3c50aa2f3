package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octosts.api.ProblemCode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageFramesTest {

    @Test
    void reads_what_it_writes() throws GrpcFault {
        byte[] message = {1, 2, 3};

        assertThat(MessageFrames.frame(message)).containsExactly(0, 0, 0, 0, 3, 1, 2, 3);
        assertThat(MessageFrames.single(MessageFrames.frame(message))).containsExactly(1, 2, 3);
        assertThat(MessageFrames.single(MessageFrames.frame(new byte[0]))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no message,'',UNIMPLEMENTED",
        "half a frame,000000,INTERNAL",
        "a message that ends early,000000000301,INTERNAL",
        "two messages,00000000000000000000,UNIMPLEMENTED",
        "one byte too many,0000000000ff,UNIMPLEMENTED",
        "a compressed message,0100000001ff,UNIMPLEMENTED",
        "an unknown flag,0200000000,INTERNAL",
        "64 KiB and one byte,0000010001,RESOURCE_EXHAUSTED",
        "2 GiB,007fffffff,RESOURCE_EXHAUSTED",
        "4 GiB,00ffffffff,RESOURCE_EXHAUSTED",
    })
    void refuses(String what, String body, ProblemCode code) {
        byte[] bytes = HexFormat.of().parseHex(body);

        var fault = catchThrowableOfType(GrpcFault.class, () -> MessageFrames.single(bytes));

        assertThat(fault.problem().code()).as(what).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "'',false",
        "00000000,false",
        "0000000003,false",
        "0000000003010203,false",
        "000000000301020304,true",
        "0100000000,true",
        "0000010001,true",
        "00ffffffff,true"
    })
    void sees_early_what_it_will_refuse(String body, boolean refusable) {
        byte[] bytes = HexFormat.of().parseHex(body);

        assertThat(MessageFrames.isRefusable(bytes, bytes.length)).isEqualTo(refusable);
    }
}
