package dev.octosts.github.egress;

import dev.octosts.api.ProxyLogins;
import java.net.ProxySelector;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Gives the HTTP client the user names and passwords of proxies. No other server gets any. */
final class ProxyCredentials implements CredentialsProvider {

    private final ProxyLogins logins;

    private ProxyCredentials(ProxyLogins logins) {
        this.logins = logins;
    }

    /** The user names and passwords for proxies; empty when the proxies need none. */
    static Optional<CredentialsProvider> of(ProxySelector proxies) {
        return proxies instanceof ProxyLogins logins ? Optional.of(new ProxyCredentials(logins)) : Optional.empty();
    }

    @Override
    public @Nullable Credentials getCredentials(AuthScope scope, HttpContext context) {
        return scope.getHost() == null
                ? null
                : logins.login(scope.getHost(), scope.getPort())
                        .map(login -> new UsernamePasswordCredentials(login.getUserName(), login.getPassword()))
                        .orElse(null);
    }
}
