/** Keys of Apps in Azure Key Vault. Loaded only when {@code KMS_PROVIDER} says {@code akv}. */
module dev.octosts.kms.akv {
    requires static org.jspecify;
    requires dev.octosts.github;
    requires com.microsoft.aad.msal4j;
    requires jakarta.json;

    provides dev.octosts.github.key.KeyServiceProvider with
            dev.octosts.kms.akv.AkvKeyServiceProvider;
}
