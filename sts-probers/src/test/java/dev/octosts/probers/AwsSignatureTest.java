package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsSignatureTest {

    /** The example {@code post-x-www-form-urlencoded} of AWS's own test suite for Signature Version 4. */
    @Test
    void signs_as_the_example_of_aws() {
        var credentials = new AwsSignature.AwsCredentials(
                "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Optional.empty());
        var headers = new AwsSignature("us-east-1", "service", credentials)
                .headers(
                        URI.create("https://example.amazonaws.com/"),
                        "Param1=value1",
                        Instant.parse("2015-08-30T12:36:00Z"));
        assertThat(headers)
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
        assertThat(credentials.toString()).doesNotContain("wJalr");
    }
}
