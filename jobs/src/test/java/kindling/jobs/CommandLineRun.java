package kindling.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import kindling.jobs.io.Session;

/** What a user sees of one command line: its exit code and what it printed. */
public record CommandLineRun(int code, String out, String err) {
    /** Runs a job in the shared Spark session. */
    static CommandLineRun of(String... arguments) {
        return of(LocalSpark.session(), arguments);
    }

    /** Runs a command line that must be refused before Spark is needed. */
    static CommandLineRun withoutSpark(String... arguments) {
        return of(new Session(), arguments);
    }

    private static CommandLineRun of(Session session, String... arguments) {
        return of(() -> Main.execute(session, arguments));
    }

    /** What some other work prints where people see it. */
    public static CommandLineRun of(Callable<Integer> work) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, UTF_8));
            System.setErr(new PrintStream(err, true, UTF_8));
            int code = work.call();
            return new CommandLineRun(code, out.toString(UTF_8), err.toString(UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }
}
