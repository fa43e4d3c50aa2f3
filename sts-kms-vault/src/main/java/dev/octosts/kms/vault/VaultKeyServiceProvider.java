package dev.octosts.kms.vault;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.KeyServiceProvider;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.util.Optional;

/** HashiCorp Vault and OpenBao, by the name {@code vault}. */
public final class VaultKeyServiceProvider implements KeyServiceProvider {

    public VaultKeyServiceProvider() {}

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public KeyService open(Surroundings surroundings) throws SigningException {
        var address = VaultApi.address(surroundings);
        var http = new ServiceHttp(surroundings.egress());
        var api = new VaultApi(http, address, VaultApi.either(surroundings, "NAMESPACE"));
        return new Transit(http, new VaultLogin(api, LoginMethod.read(surroundings), surroundings.clock()));
    }

    private record Transit(ServiceHttp http, VaultLogin login) implements KeyService {

        @Override
        public SigningKey key(String name) throws SigningException {
            return VaultKey.of(name, login);
        }

        @Override
        public String secret(String name) throws SigningException {
            return VaultSecret.of(name, login);
        }

        @Override
        public Optional<KeyImport> imports() {
            return Optional.of(new VaultImport(login));
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
