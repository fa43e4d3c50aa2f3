package dev.octosts.app;

import io.helidon.service.registry.GlobalServiceRegistry;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every start needs whatever the settings are, begun beside the reading of these: a tenth of the time until the
 * service is ready. It is only sooner; who needs it asks for it as ever, and hears what is wrong with it.
 */
final class HeadStart {

    private HeadStart() {}

    static void begin() {
        beside("trust", HeadStart::readTrust);
        beside("registry", GlobalServiceRegistry::registry);
    }

    private static void beside(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** The roots of trust of the platform are over a hundred certificates. */
    private static void readTrust() {
        try {
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException failed) {
            logger().debug("no default trust", failed);
        }
    }

    private static Logger logger() {
        return LoggerFactory.getLogger(HeadStart.class);
    }
}
