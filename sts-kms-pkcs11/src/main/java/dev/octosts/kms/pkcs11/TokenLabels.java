package dev.octosts.kms.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Looks for the slot of a token by the token's label, which SunPKCS11 cannot: the numbers of slots differ from machine
 * to machine, and with SoftHSM they are random.
 *
 * @see <a href="https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html">PKCS #11 base
 *     specification, version 2.40</a>
 */
@SuppressWarnings("restricted") // the library is the operator's choice, and is loaded into the process in any case
final class TokenLabels {

    private static final long OK = 0;
    private static final long ALREADY_INITIALIZED = 0x191;

    /** CK_FUNCTION_LIST: a version, and then a pointer for each function in the order of the specification. */
    private static final int INITIALIZE = 0;

    private static final int FINALIZE = 1;
    private static final int GET_SLOT_LIST = 4;
    private static final int GET_TOKEN_INFO = 6;
    private static final int FUNCTIONS = 7;

    /** CK_TOKEN_INFO begins with the label, filled up with blanks. */
    private static final int LABEL = 32;

    private static final int TOKEN_INFO = 256;
    private static final int MOST_SLOTS = 1_000;

    private final Arena arena;
    private final MemorySegment functions;

    private TokenLabels(Arena arena, MemorySegment functions) {
        this.arena = arena;
        this.functions = functions;
    }

    /** The number of the slot that has the token of a label. */
    static long slotOf(Path module, String label) throws SigningException {
        try (var arena = Arena.ofConfined()) {
            var list = SymbolLookup.libraryLookup(module, arena).findOrThrow("C_GetFunctionList");
            var pointer = arena.allocate(ADDRESS);
            var got = (long) Linker.nativeLinker()
                    .downcallHandle(list, FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(pointer);
            if (got != OK) {
                throw failed("C_GetFunctionList");
            }
            var functions = pointer.get(ADDRESS, 0).reinterpret((FUNCTIONS + 1) * ADDRESS.byteSize());
            return new TokenLabels(arena, functions).slotOf(label);
        } catch (SigningException | Error thrown) {
            throw thrown;
        } catch (Throwable notALibrary) {
            throw Pkcs11KeyServiceProvider.wrong(
                    Pkcs11KeyServiceProvider.MODULE + " names " + module + ", which is no library of PKCS#11");
        }
    }

    private static SigningException failed(String function) {
        return new SigningException(SigningFault.FAILING, function, "check the device and its library");
    }

    private long slotOf(String label) throws Throwable {
        long initialized = call(INITIALIZE, MemorySegment.NULL);
        if (initialized != OK && initialized != ALREADY_INITIALIZED) {
            throw failed("C_Initialize");
        }
        try {
            return found(label);
        } finally {
            if (initialized == OK) {
                // SunPKCS11 initializes it for itself.
                call(FINALIZE, MemorySegment.NULL);
            }
        }
    }

    private long found(String label) throws Throwable {
        var slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
        var count = arena.allocateFrom(JAVA_LONG, MOST_SLOTS);
        var listed = (long) Linker.nativeLinker()
                .downcallHandle(function(GET_SLOT_LIST), FunctionDescriptor.of(JAVA_LONG, JAVA_BYTE, ADDRESS, ADDRESS))
                .invokeExact((byte) 1, slots, count);
        if (listed != OK) {
            throw failed("C_GetSlotList");
        }
        var info = arena.allocate(TOKEN_INFO);
        var told = Linker.nativeLinker()
                .downcallHandle(function(GET_TOKEN_INFO), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS));
        for (long index = 0; index < Math.min(MOST_SLOTS, count.get(JAVA_LONG, 0)); index++) {
            long slot = slots.getAtIndex(JAVA_LONG, index);
            if ((long) told.invokeExact(slot, info) == OK && label(info).equals(label)) {
                return slot;
            }
        }
        throw Pkcs11KeyServiceProvider.wrong("no slot has a token of the label in " + Pkcs11KeyServiceProvider.TOKEN
                + "; pkcs11-tool --list-slots shows them");
    }

    private static String label(MemorySegment info) {
        return new String(info.asSlice(0, LABEL).toArray(JAVA_BYTE), StandardCharsets.UTF_8).stripTrailing();
    }

    private long call(int index, MemorySegment argument) throws Throwable {
        return (long) Linker.nativeLinker()
                .downcallHandle(function(index), FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                .invokeExact(argument);
    }

    private MemorySegment function(int index) {
        return functions.get(ADDRESS, ADDRESS.byteSize() * (index + 1));
    }
}
