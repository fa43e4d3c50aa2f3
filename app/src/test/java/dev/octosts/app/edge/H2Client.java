package dev.octosts.app.edge;

import dev.octosts.api.grpc.GrpcText;
import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.FrameReader;
import dev.octosts.app.edge.http2.HeaderDecoder;
import dev.octosts.app.edge.http2.HeaderEncoder;
import dev.octosts.app.edge.http2.HeaderField;
import dev.octosts.app.edge.http2.Http2Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection of a caller that speaks HTTP/2, frame by frame, so that it can break every rule. */
public final class H2Client implements AutoCloseable {

    private final Socket socket;
    private final FrameReader frames;
    private final HeaderDecoder headers = new HeaderDecoder();
    private final Map<Integer, Answer> answers = new HashMap<>();
    private int stream = -1;

    /** The error with which the server has ended the connection; -1 when it has not said. */
    int goneAway = -1;

    /** Frames that belong to no answer, by type. */
    final List<Frame> others = new ArrayList<>();

    /** What has come for a stream. */
    public static final class Answer {

        final Map<String, String> headers = new HashMap<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        final List<Integer> types = new ArrayList<>();
        boolean complete;
        int reset = -1;

        /** How many bytes the server takes at present. */
        int room = 65_535;

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public int status() {
            return Integer.parseInt(headers.getOrDefault(":status", "0"));
        }

        /** Status and message of a call, as in {@code 5 unknown service}. */
        String grpc() {
            return header("grpc-status") + " " + GrpcText.decode(header("grpc-message"));
        }

        public String text() {
            return body.toString(StandardCharsets.UTF_8);
        }

        /** The messages of a call. */
        List<byte[]> messages() {
            var messages = new ArrayList<byte[]>();
            for (var left = ByteBuffer.wrap(body.toByteArray()); left.remaining() >= MessageFrames.PREFIX_BYTES; ) {
                left.get();
                byte[] message = new byte[left.getInt()];
                left.get(message);
                messages.add(message);
            }
            return messages;
        }
    }

    public H2Client(Socket socket) throws IOException {
        this(socket, true);
    }

    /** @param greets whether it begins as a caller has to */
    H2Client(Socket socket, boolean greets) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.frames = new FrameReader(new byte[0], _ -> next());
        if (greets) {
            raw(Http2Connection.PREFACE.getBytes(StandardCharsets.US_ASCII));
            send(new Frame(Frame.SETTINGS, 0, 0, new byte[0]));
        }
    }

    private byte @Nullable [] next() {
        try {
            byte[] bytes = new byte[8192];
            int length = socket.getInputStream().read(bytes);
            return length < 0 ? null : Arrays.copyOf(bytes, length);
        } catch (SocketException reset) {
            return null;
        } catch (IOException slow) {
            throw new AssertionError("nothing came", slow);
        }
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends frames in one write. */
    void send(Frame... sent) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (Frame frame : sent) {
            bytes.writeBytes(frame.toBytes());
        }
        raw(bytes.toByteArray());
    }

    /** The number of a new stream. */
    int open() {
        stream += 2;
        return stream;
    }

    static byte[] block(String... namesAndValues) {
        var fields = new ArrayList<HeaderField>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            fields.add(new HeaderField(namesAndValues[index], namesAndValues[index + 1]));
        }
        return HeaderEncoder.encode(fields);
    }

    static byte[] request(String method, String path, String... further) {
        var all = new ArrayList<>(List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "x"));
        all.addAll(List.of(further));
        return block(all.toArray(String[]::new));
    }

    static Frame headers(int stream, byte[] block, boolean last) {
        return new Frame(Frame.HEADERS, Frame.END_HEADERS | (last ? Frame.END_STREAM : 0), stream, block);
    }

    static Frame data(int stream, byte[] bytes, boolean last) {
        return new Frame(Frame.DATA, last ? Frame.END_STREAM : 0, stream, bytes);
    }

    /** Asks without a body. */
    public int get(String path, String... further) throws IOException {
        int opened = open();
        send(headers(opened, request("GET", path, further), true));
        return opened;
    }

    /** Makes a call with a body as it is. */
    int call(String path, byte[] body, String... further) throws IOException {
        int opened = open();
        var all = new ArrayList<>(List.of("content-type", "application/grpc", "te", "trailers"));
        all.addAll(List.of(further));
        send(headers(opened, request("POST", path, all.toArray(String[]::new)), false), data(opened, body, true));
        return opened;
    }

    /** The whole answer of a stream, or what has come of it when stream or connection ends before. */
    public Answer answer(int wanted) {
        var answer = answers.computeIfAbsent(wanted, _ -> new Answer());
        while (!answer.complete && answer.reset < 0 && read()) {
            // each frame finds its own stream
        }
        return answer;
    }

    /** Waits for a number of messages of a stream. */
    List<byte[]> messages(int wanted, int number) {
        var answer = answers.computeIfAbsent(wanted, _ -> new Answer());
        while (answer.messages().size() < number && !answer.complete && read()) {
            // as above
        }
        return answer.messages();
    }

    /** Sends bytes of a body as the server has room for them, until it has enough; whether it took all of them. */
    boolean body(int wanted, int length) throws IOException {
        var connection = answers.computeIfAbsent(0, _ -> new Answer());
        var answer = answers.computeIfAbsent(wanted, _ -> new Answer());
        int part = 8_192;
        for (int sent = 0; sent < length; sent += part) {
            while (connection.room < part || answer.room < part) {
                if (answer.complete || answer.reset >= 0 || !read()) {
                    return false;
                }
            }
            connection.room -= part;
            answer.room -= part;
            send(data(wanted, new byte[part], sent + part >= length));
        }
        return true;
    }

    /** How many bytes of a body have come. */
    int soFar(int wanted) {
        return answers.computeIfAbsent(wanted, _ -> new Answer()).body.size();
    }

    boolean answerHas(int wanted, int bytes) {
        return soFar(wanted) >= bytes;
    }

    /** Reads until the server has ended the connection; the error that it gave, or -1. */
    int end() {
        while (read()) {
            // until there is nothing more
        }
        return goneAway;
    }

    /** Takes one frame; false at the end of the connection. */
    boolean read() {
        try {
            var frame = frames.read();
            if (frame != null) {
                take(frame);
            }
            return frame != null;
        } catch (Http2Fault fault) {
            throw new AssertionError("the server breaks a rule: " + fault.getMessage(), fault);
        }
    }

    private void take(Frame frame) throws Http2Fault {
        var answer = answers.computeIfAbsent(frame.stream(), _ -> new Answer());
        answer.types.add(frame.type());
        switch (frame.type()) {
            case Frame.HEADERS -> {
                byte[] block = new byte[frame.content().remaining()];
                frame.content().get(block);
                headers.decode(block).forEach(field -> answer.headers.put(field.name(), field.value()));
                answer.complete = frame.has(Frame.END_STREAM);
            }
            case Frame.DATA -> {
                answer.body.writeBytes(frame.payload());
                answer.complete = frame.has(Frame.END_STREAM);
            }
            case Frame.RST_STREAM -> answer.reset = frame.number(0);
            case Frame.WINDOW_UPDATE -> answer.room += frame.number(0);
            case Frame.GOAWAY -> goneAway = frame.number(Integer.BYTES);
            default -> others.add(frame);
        }
    }

    /** Lets the server send more. */
    void grant(int wanted, int bytes) throws IOException {
        send(new Frame(
                Frame.WINDOW_UPDATE,
                0,
                wanted,
                ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
