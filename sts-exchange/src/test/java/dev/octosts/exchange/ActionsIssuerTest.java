package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which issuers are GitHub Actions, and of which server. */
class ActionsIssuerTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.github.com, https://token.actions.githubusercontent.com, OF_THIS_SERVER",
        "https://api.github.com, https://token.actions.githubusercontent.com/octo-enterprise, OF_THIS_SERVER",
        "https://localhost:8443, https://token.actions.githubusercontent.com, OF_THIS_SERVER",
        "https://ghe.example/api/v3, https://token.actions.githubusercontent.com, OF_ANOTHER_SERVER",
        "https://api.octo.ghe.com, https://token.actions.githubusercontent.com, OF_ANOTHER_SERVER",
        "https://api.octo.ghe.com, https://token.actions.octo.ghe.com, OF_THIS_SERVER",
        "https://api.github.com, https://token.actions.octo.ghe.com, OF_ANOTHER_SERVER",
        "https://api.other.ghe.com, https://token.actions.octo.ghe.com, OF_ANOTHER_SERVER",
        "https://ghe.example/api/v3, https://ghe.example/_services/token, OF_THIS_SERVER",
        "https://ghe.example/api/v3, https://ghe.example/_services/token/octo, OF_THIS_SERVER",
        "https://localhost:8443, http://127.0.0.1:9000/_services/token, OF_THIS_SERVER",
        "https://ghe.example/api/v3, https://ghe.example:8443/_services/token, NOT_GITHUB",
        "https://ghe.example/api/v3, https://evil.example/_services/token, NOT_GITHUB",
        "https://ghe.example/api/v3, https://ghe.example/x/_services/token, NOT_GITHUB",
        "https://ghe.example/api/v3, https://ghe.example/_services/tokens, NOT_GITHUB",
        "https://api.github.com, https://token.actions.githubusercontent.com.evil.example, NOT_GITHUB",
        "https://api.github.com, https://token.actions.githubusercontent.com/, NOT_GITHUB",
        "https://api.github.com, https://token.actions.githubusercontent.com/a/b, NOT_GITHUB",
        "https://api.github.com, https://token.actions.a.b.ghe.com, NOT_GITHUB",
        "https://api.github.com, https://gitlab.com, NOT_GITHUB"
    })
    void is_known_by_its_address(String api, String issuer, ActionsIssuer.Kind kind) {
        assertThat(new ActionsIssuer(URI.create(api)).kind(issuer)).isEqualTo(kind);
    }
}
