package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Texts that are subjects or audiences, and texts that are not. */
class SubjectAndAudienceFormatsTest {

    static final String[] SUBJECTS = {
        "user123",
        "550e8400-e29b-41d4-a716-446655440000",
        "1234567890",
        "user-name_123",
        "user.name.123",
        "UserName123",
        "user+tag",
        "user=value",
        "10769150350006150715113082367",
        "repo:octo-org/octo-repo:ref:refs/heads/main",
        "repo:octo-org@1/octo-repo@2:environment:Production",
        "okta|00uhzsq8pw5e6bWGe0h7",
        "user@example.com",
        "spiffe://example.org/ns/x/sa/y",
        "a*b",
        "a?b",
        "a#b",
        "a%20b",
        "a~b",
        "a,b",
        "a^b",
        "a!b",
        "a".repeat(1024),
        "\ud83d\ude00".repeat(1024),
        "user 123",
        "a  b",
        "a [b] {c} (d)",
        "organization:acme:project:Default Project:workspace:w:run_phase:apply",
        "{0f1e2d3c}:{4b5a6978}",
        "user(1",
        "user]1",
        "\u7528\u6237123",
        "user\ud83d\ude00123",
        "\u00fcser",
        "e\u0301",
    };

    static final String[] NO_SUBJECTS = {
        "",
        "a".repeat(1025),
        "\ud83d\ude00".repeat(1025),
        " ",
        " user",
        "user ",
        "user\t123",
        "user123\n",
        "user123\r",
        "user\u0000123",
        "user\u001b[0m",
        "user\u007f",
        "user'123",
        "user\"123",
        "user`id`",
        "user\\123",
        "user<x",
        "user>x",
        "user;123",
        "user&123",
        "user$HOME",
        "user\u00a0x",
        "user\u200bx",
        "user\u202ex",
        "user\u2028x",
        "user\u0085x",
        "user\u3000x",
        "user\ue000x",
        "\ufeffuser",
        "user\u0378x",
        "us\u00ader",
        "user\ud83dx",
    };

    static final String[] AUDIENCES = {
        "service123",
        "service-123",
        "service_123",
        "service.123",
        "service:123",
        "service/path",
        "https://github.com/octo-org",
        "https://x.example/?a=b",
        "a".repeat(255),
        "d\u00efenst",
        "svc\ud83d\ude00",
        "a+b=c",
    };

    static final String[] NO_AUDIENCES = {
        "",
        "a".repeat(256),
        "\u0000".repeat(20),
        "service 123",
        "service123\n",
        "service<script>",
        "service@domain",
        "a|b",
        "a'b",
        "a\"b",
        "a`b",
        "a\\b",
        "a;b",
        "a&b",
        "a$b",
        "a(b)",
        "a[b]",
        "a{b}",
        "a\u00a0b",
        "a\u200bb",
    };

    @ParameterizedTest
    @FieldSource("SUBJECTS")
    void accepts_a_subject(String subject) {
        assertThat(Formats.isSubject(subject)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_SUBJECTS")
    void refuses_a_subject(String subject) {
        assertThat(Formats.isSubject(subject)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("AUDIENCES")
    void accepts_an_audience(String audience) {
        assertThat(Formats.isAudience(audience)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("NO_AUDIENCES")
    void refuses_an_audience(String audience) {
        assertThat(Formats.isAudience(audience)).isFalse();
    }

    @Test
    void counts_characters_and_not_their_encoding() {
        assertThat(Formats.isAudience("\ud83d\ude00".repeat(255))).isTrue();
        assertThat(Formats.isAudience("\ud83d\ude00".repeat(256))).isFalse();
    }
}
