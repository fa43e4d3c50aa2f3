package dev.octosts.sandbox.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkCutTest {

    private static final int SOON = 50;
    private static final int LATER = 10_000;

    private final ServerSocket database = listening();
    private final NetworkCut network = before(database);
    private final Socket service = connected(network);
    private Socket accepted = new Socket();

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static NetworkCut before(ServerSocket database) {
        try {
            return NetworkCut.before(database.getLocalPort());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Socket connected(NetworkCut network) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), network.port());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @BeforeEach
    void accept() throws IOException {
        accepted = database.accept();
        say(service, 1);
        assertThat(heard(accepted, LATER)).isEqualTo(1);
    }

    @AfterEach
    void close() throws IOException {
        service.close();
        accepted.close();
        network.close();
        database.close();
    }

    private static void say(Socket socket, int word) throws IOException {
        socket.getOutputStream().write(word);
    }

    private static int heard(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        return socket.getInputStream().read();
    }

    @Test
    void what_is_held_arrives_when_the_network_goes_on() throws IOException {
        network.become(NetworkCut.Mode.HOLD);
        say(service, 2);
        say(accepted, 3);
        assertThatThrownBy(() -> heard(accepted, SOON)).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> heard(service, SOON)).isInstanceOf(SocketTimeoutException.class);

        network.become(NetworkCut.Mode.PASS);
        assertThat(heard(accepted, LATER)).isEqualTo(2);
        assertThat(heard(service, LATER)).isEqualTo(3);
    }

    @Test
    void answers_alone_are_held_and_lost_by_a_reset() throws IOException {
        network.become(NetworkCut.Mode.HOLD_ANSWERS);
        say(service, 2);
        assertThat(heard(accepted, LATER)).isEqualTo(2);
        say(accepted, 3);
        assertThatThrownBy(() -> heard(service, SOON)).isInstanceOf(SocketTimeoutException.class);

        network.reset();
        network.become(NetworkCut.Mode.PASS);
        assertThatThrownBy(() -> heard(service, LATER))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> heard(accepted, LATER))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void the_database_does_not_hear_of_a_machine_that_vanishes() throws IOException {
        network.vanish();

        assertThatThrownBy(() -> heard(service, LATER))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> heard(accepted, SOON)).isInstanceOf(SocketTimeoutException.class);
    }
}
