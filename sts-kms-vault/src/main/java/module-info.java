/** Keys of Apps in HashiCorp Vault or OpenBao. Loaded only when {@code KMS_PROVIDER} says {@code vault}. */
module dev.octosts.kms.vault {
    requires static org.jspecify;
    requires dev.octosts.github;
    requires jakarta.json;

    provides dev.octosts.github.key.KeyServiceProvider with
            dev.octosts.kms.vault.VaultKeyServiceProvider;
}
