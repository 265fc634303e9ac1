package kindling.prep.jinja;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kindling.prep.jinja.Callable.Arguments;

/**
 * A template in the part of the Jinja language that chat templates are written in, rendered to the characters that Jinja 3.1 gives with {@code trim_blocks} and {@code
 * lstrip_blocks}: {@code if}, {@code for} with its {@code loop}, {@code set}, {@code macro}, {@code break}, {@code continue}, {@code raw}, {@code generation}; {@code
 * namespace}, {@code range}, {@code dict}, {@code raise_exception}, {@code strftime_now}; Python's operators, slices, and methods of texts and mappings; the filters
 * of {@link Filters} and the tests of {@link Tests}. Everything else is a {@link JinjaException} that names it.
 *
 * <pre>{@code
 * Template.parse("{% for m in messages %}{{ m.role | upper }} {% endfor %}")
 *         .render(Map.of("messages", List.of(Map.of("role", "user"))));   // "USER "
 * }</pre>
 *
 * <p>A template can call nothing but what stands here, changes none of its variables, and ends after a bounded number of steps: it may come from
 * anybody. Source: Jinja's Template Designer Documentation, and the functions that Hugging Face's {@code apply_chat_template} adds.
 */
public final class Template {
    private static final long LONGEST_RANGE = 100_000;

    private final Statement body;

    private Template(Statement body) {
        this.body = body;
    }

    /** @throws JinjaException when it is not understood, with the line */
    public static Template parse(String source) {
        return ending(() -> new Template(Parser.parse(source)));
    }

    /**
     * The text that the template makes of variables: texts, numbers, truths, null, and lists and maps of those.
     *
     * @throws JinjaException when the template says so, does what cannot be done, or does not come to an end
     */
    public String render(Map<String, Object> variables, LocalDate today) {
        Map<String, Object> all = new HashMap<>();
        all.put("raise_exception", (Callable) Template::refuse);
        all.put("strftime_now", (Callable) call -> Strftime.format(call.text(0, "format"), today));
        all.put("namespace", (Callable) call -> new Namespace(new LinkedHashMap<>(call.named())));
        all.put("dict", (Callable) call -> new LinkedHashMap<Object, Object>(call.named()));
        all.put("range", (Callable) Template::range);
        all.putAll(variables);
        return ending(() -> {
            StringBuilder out = new StringBuilder();
            body.run(new Scope(all), out);
            return out.toString();
        });
    }

    /** Whatever happens in it is the template's mistake. */
    private static <T> T ending(Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw new JinjaException("an expression is too long: it does not look like a template");
        } catch (RuntimeException e) {
            throw JinjaException.of(e);
        }
    }

    /**
     * A text without the white space at its ends, as the filter {@code trim} leaves it. What is white is what Python says: no-break spaces too.
     */
    public static String strip(String text, boolean left, boolean right) {
        return Texts.strip(text, null, left, right);
    }

    private static Object refuse(Arguments call) {
        throw new JinjaException(call.text(0, "message"));
    }

    private static List<Object> range(Arguments call) {
        List<Object> bounds = call.positional();
        long from = bounds.size() > 1 ? Values.integer(bounds.get(0)) : 0;
        long to = Values.integer(bounds.size() > 1 ? bounds.get(1) : call.get(0, "stop"));
        long step = bounds.size() > 2 ? Values.integer(bounds.get(2)) : 1;
        long count = step == 0 ? -1 : Math.max(0, quotientUp(Math.subtractExact(to, from), step));
        if (count < 0 || count > LONGEST_RANGE) {
            throw new JinjaException("range must have a step and at most %d numbers".formatted(LONGEST_RANGE));
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            call.work().step();
            numbers.add(from + i * step);
        }
        return numbers;
    }

    private static long quotientUp(long x, long y) {
        return Math.negateExact(Math.floorDiv(Math.negateExact(x), y));
    }
}
