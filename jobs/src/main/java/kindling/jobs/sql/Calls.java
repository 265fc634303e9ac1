package kindling.jobs.sql;

import org.apache.spark.unsafe.types.UTF8String;

/** What plans call on executors, once a row. Null gives null before it gets here, and so does a text that cannot be worked on. */
public final class Calls {
    private Calls() {}

    public static UTF8String summarize(UTF8String text, UTF8String settings) {
        return Loaded.of(settings.toString())
                .summary(text.toString())
                .map(UTF8String::fromString)
                .orElse(null);
    }

    public static UTF8String generate(UTF8String prompt, UTF8String settings) {
        return Loaded.of(settings.toString())
                .continuation(prompt.toString())
                .map(UTF8String::fromString)
                .orElse(null);
    }

    public static UTF8String redact(UTF8String text, UTF8String settings) {
        return UTF8String.fromString(Loaded.of(settings.toString())
                .redactor()
                .redact(text.toString())
                .text());
    }

    public static int countTokens(UTF8String text, UTF8String settings) {
        return Loaded.of(settings.toString()).tokenizer().encode(text.toString()).length;
    }
}
