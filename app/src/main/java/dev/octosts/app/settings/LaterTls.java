package dev.octosts.app.settings;

import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A TLS context that another thread makes. It is waited for when it is used. */
final class LaterTls extends SSLContext {

    private LaterTls(SSLContextSpi made, Provider provider) {
        super(made, provider, "TLS");
    }

    /** Begins to make the context. */
    static SSLContext of(Supplier<SSLContext> maker) throws NoSuchAlgorithmException {
        var made = new CompletableFuture<SSLContext>();
        Thread.ofPlatform().daemon().name("certificates").start(() -> {
            try {
                made.complete(maker.get());
            } catch (RuntimeException failed) {
                made.completeExceptionally(failed);
            }
        });
        return new LaterTls(new Made(made), SSLContext.getInstance("TLS").getProvider());
    }

    private static final class Made extends SSLContextSpi {

        private final CompletableFuture<SSLContext> made;

        Made(CompletableFuture<SSLContext> made) {
            this.made = made;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context is made already");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return made.join().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return made.join().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return made.join().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return made.join().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return made.join().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return made.join().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return made.join().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return made.join().getSupportedSSLParameters();
        }
    }
}
