package dev.octosts.kms.akv;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.ManagedIdentityApplication;
import com.microsoft.aad.msal4j.ManagedIdentityId;
import com.microsoft.aad.msal4j.ManagedIdentityParameters;
import com.microsoft.aad.msal4j.MsalServiceException;
import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who this service is at Azure, by the variables of Azure's own libraries: a client secret, the token of a workload
 * identity, or else the managed identity of the machine. A token is used until five minutes before it expires.
 */
final class EntraIdentity {

    private static final String USUAL_AUTHORITY = "https://login.microsoftonline.com/";
    private static final long SECONDS = 5;
    private static final Duration RESERVE = Duration.ofMinutes(5);

    private final Surroundings surroundings;
    private final ProgramsClient http;
    private final Optional<ManagedIdentityApplication> managed;
    private final Map<String, IAuthenticationResult> tokens = new ConcurrentHashMap<>();
    private @Nullable ConfidentialClientApplication client;

    EntraIdentity(Surroundings surroundings, ServiceHttp http) throws SigningException {
        this.surroundings = surroundings;
        this.http = new ProgramsClient(http);
        if (secret().isEmpty() && tokenFile().isEmpty()) {
            var id = surroundings.variable("AZURE_CLIENT_ID");
            this.managed =
                    Optional.of(ManagedIdentityApplication.builder(id.map(ManagedIdentityId::userAssignedClientId)
                                    .orElseGet(ManagedIdentityId::systemAssigned))
                            .httpClient(this.http)
                            .build());
        } else {
            this.managed = Optional.empty();
            needed("AZURE_TENANT_ID");
            needed("AZURE_CLIENT_ID");
        }
    }

    private Optional<String> secret() {
        return surroundings.variable("AZURE_CLIENT_SECRET");
    }

    private Optional<Path> tokenFile() {
        return surroundings.variable("AZURE_FEDERATED_TOKEN_FILE").map(Path::of);
    }

    private String needed(String name) throws SigningException {
        return surroundings.needed(name, "that of the identity which may sign");
    }

    /**
     * A token for a kind of vault.
     *
     * @param resource such as {@code https://vault.azure.net}
     */
    String token(String resource) throws SigningException {
        var known = tokens.get(resource);
        if (known != null
                && known.expiresOnDate()
                        .toInstant()
                        .isAfter(surroundings.clock().instant().plus(RESERVE))) {
            return known.accessToken();
        }
        var got = login(resource);
        tokens.put(resource, got);
        return got.accessToken();
    }

    private IAuthenticationResult login(String resource) throws SigningException {
        try {
            var asked = managed.isPresent()
                    ? managed.get()
                            .acquireTokenForManagedIdentity(
                                    ManagedIdentityParameters.builder(resource).build())
                    : confidential()
                            .acquireToken(ClientCredentialParameters.builder(Set.of(resource + "/.default"))
                                    .build());
            return awaited(asked);
        } catch (MalformedURLException malformed) {
            throw new SigningException(
                    SigningFault.MISCONFIGURED, "", "AZURE_AUTHORITY_HOST is not an address; give one with https://");
        } catch (SigningException fault) {
            throw fault;
        } catch (Exception failed) {
            throw fault(failed);
        }
    }

    private static IAuthenticationResult awaited(CompletableFuture<IAuthenticationResult> asked)
            throws SigningException {
        try {
            return asked.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw fault(failed);
        } catch (TimeoutException late) {
            throw new SigningException(SigningFault.TIMED_OUT, "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SigningException(SigningFault.TIMED_OUT, "");
        }
    }

    private static SigningException fault(Throwable failed) {
        for (var cause : Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .toList()) {
            if (cause instanceof MsalServiceException refused) {
                return new SigningException(SigningFault.UNAUTHENTICATED, String.valueOf(refused.errorCode()));
            }
            if (cause instanceof IOException none) {
                return ServiceHttp.none(none);
            }
        }
        return new SigningException(SigningFault.UNAUTHENTICATED, "");
    }

    /** The token of a workload identity is another one each hour: its file is read with each login. */
    private synchronized ConfidentialClientApplication confidential() throws SigningException, MalformedURLException {
        var known = client;
        if (known != null) {
            return known;
        }
        var host = surroundings.variable("AZURE_AUTHORITY_HOST").orElse(USUAL_AUTHORITY);
        IClientCredential credential = secret().isPresent()
                ? ClientCredentialFactory.createFromSecret(secret().get())
                : ClientCredentialFactory.createFromCallback(this::assertion);
        var made = ConfidentialClientApplication.builder(needed("AZURE_CLIENT_ID"), credential)
                .authority(host.replaceFirst("/*$", "/") + needed("AZURE_TENANT_ID"))
                // The host is the operator's choice, and may be that of a sovereign cloud.
                .instanceDiscovery(false)
                .validateAuthority(false)
                .httpClient(http)
                .build();
        client = made;
        return made;
    }

    private String assertion() throws IOException {
        return Files.readString(tokenFile().orElseThrow()).strip();
    }
}
