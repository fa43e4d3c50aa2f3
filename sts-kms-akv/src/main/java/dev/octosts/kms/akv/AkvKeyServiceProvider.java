package dev.octosts.kms.akv;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.util.Optional;

/** Azure Key Vault, by the name {@code akv}. */
public final class AkvKeyServiceProvider implements KeyServiceProvider {

    public AkvKeyServiceProvider() {}

    @Override
    public String name() {
        return "akv";
    }

    @Override
    public KeyService open(Surroundings surroundings) throws SigningException {
        var http = new ServiceHttp(surroundings.egress());
        return new Vaults(http, new AkvApi(http, new EntraIdentity(surroundings, http)));
    }

    private record Vaults(ServiceHttp http, AkvApi api) implements KeyService {

        @Override
        public SigningKey key(String name) throws SigningException {
            return AkvKey.of(name, api);
        }

        @Override
        public String secret(String name) throws SigningException {
            return AkvSecret.of(name, api);
        }

        @Override
        public Optional<KeyImport> imports() {
            return Optional.of(new AkvImport(api));
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
