package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.prep.jinja.Token.Kind;

/**
 * Cuts a template into tokens, with white space as {@code trim_blocks} and {@code lstrip_blocks} have it: a block or comment takes the blanks before it on its line
 * and one line end after it; {@code -} takes all white space on its side, {@code +} none.
 */
final class Lexer {
    private static final Pattern OPENING = Pattern.compile("\\{([{%#])([-+]?)");
    private static final Pattern COMMENT_END = Pattern.compile("-#\\}\\s*|\\+#\\}|#\\}\\n?");
    private static final Pattern BLOCK_END = Pattern.compile("-%\\}\\s*|\\+%\\}|%\\}\\n?");
    private static final Pattern PRINT_END = Pattern.compile("-\\}\\}\\s*|\\}\\}");
    private static final Pattern RAW = Pattern.compile("[-+]?\\s*raw\\s*(-%\\}\\s*|\\+%\\}|%\\}\\n?)");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(-%\\}\\s*|\\+%\\}|%\\}\\n?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final String ESCAPES = "ntr\\'\"abfv0";
    private static final String ESCAPED = "\n\t\r\\'\"\u0007\b\f\u000b\0";
    private static final Pattern OPERATOR = Pattern.compile("\\*\\*|//|==|!=|<=|>=|[-+*/%~<>=.,:|()\\[\\]{}]");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int counted;
    private boolean lineStart = true;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String lines = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        Matcher opening = OPENING.matcher(source);
        while (opening.find(at)) {
            char kind = opening.group(1).charAt(0);
            text(source.substring(at, opening.start()), opening.group(2), kind != '{');
            at = opening.end();
            if (kind == '#') {
                comment();
            } else if (kind == '{' || !raw(opening.start() + 2)) {
                code(kind == '%');
            }
        }
        add(Kind.TEXT, source.substring(at));
        at = source.length();
        add(Kind.END, "the end");
    }

    /** Adds a text that something begins behind. */
    private void text(String text, String sign, boolean block) {
        String left = text;
        if (sign.equals("-")) {
            left = left.stripTrailing();
        } else if (block && !sign.equals("+")) {
            int from = left.lastIndexOf('\n') + 1;
            if ((from > 0 || lineStart) && left.substring(from).isBlank()) {
                left = left.substring(0, from);
            }
        }
        add(Kind.TEXT, left);
    }

    private void comment() {
        Matcher end = COMMENT_END.matcher(source);
        if (!end.find(at)) {
            throw new JinjaException("a comment has no end").at(line());
        }
        pass(end);
    }

    private void pass(Matcher end) {
        at = end.end();
        lineStart = end.group().endsWith("\n");
    }

    /** Adds what stands between raw and endraw, if this is raw. */
    private boolean raw(int from) {
        Matcher raw = RAW.matcher(source).region(from, source.length());
        if (!raw.lookingAt()) {
            return false;
        }
        Matcher end = END_RAW.matcher(source);
        if (!end.find(raw.end())) {
            throw new JinjaException("{% raw %} has no {% endraw %}").at(line());
        }
        lineStart = raw.group().endsWith("\n");
        text(source.substring(raw.end(), end.start()), end.group(1), true);
        pass(end);
        return true;
    }

    private void code(boolean block) {
        add(block ? Kind.BLOCK : Kind.PRINT, block ? "{%" : "{{");
        Matcher end = (block ? BLOCK_END : PRINT_END).matcher(source);
        int open = 0;
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            if (open == 0 && end.region(at, source.length()).lookingAt()) {
                add(block ? Kind.BLOCK_END : Kind.PRINT_END, block ? "%}" : "}}");
                pass(end);
                return;
            }
            Token token = token();
            if (token.is(Kind.OPERATOR)) {
                open += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            }
        }
    }

    private Token token() {
        if (at == source.length()) {
            throw new JinjaException("{{ or {% has no end").at(line());
        }
        Matcher found = NAME.matcher(source).region(at, source.length());
        if (found.lookingAt()) {
            return taken(Kind.NAME, found.group(), found.end());
        }
        if (found.usePattern(NUMBER).lookingAt()) {
            boolean whole = found.group(1) == null && found.group(2) == null;
            return taken(whole ? Kind.INTEGER : Kind.FLOAT, found.group(), found.end());
        }
        if (found.usePattern(OPERATOR).lookingAt()) {
            return taken(Kind.OPERATOR, found.group(), found.end());
        }
        char quote = source.charAt(at);
        if (quote != '\'' && quote != '"') {
            throw new JinjaException("'%s' is no part of an expression".formatted(quote)).at(line());
        }
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw new JinjaException("a text that begins with %s has no end".formatted(quote)).at(line());
        }
        return taken(Kind.STRING, unescaped(source.substring(at + 1, end)), end + 1);
    }

    private Token taken(Kind kind, String text, int end) {
        Token token = add(kind, text);
        at = end;
        return token;
    }

    private Token add(Kind kind, String text) {
        Token token = new Token(kind, text, line());
        if (kind != Kind.TEXT || !text.isEmpty()) {
            tokens.add(token);
        }
        return token;
    }

    /** The line that the lexer stands in, from 1. */
    private int line() {
        while (counted < at) {
            line += source.charAt(counted++) == '\n' ? 1 : 0;
        }
        return line;
    }

    /** Python's escapes. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 0;
            int plain = ESCAPES.indexOf(escape);
            if (digits > 0) {
                out.append((char) hexadecimal(text, i + 1, digits));
                i += digits;
            } else if (plain >= 0) {
                out.append(ESCAPED.charAt(plain));
            } else if (escape != '\n') {
                out.append(c).append(escape);
            }
        }
        return out.toString();
    }

    private static int hexadecimal(String text, int from, int digits) {
        try {
            return Integer.parseInt(text, from, Math.min(text.length(), from + digits), 16);
        } catch (NumberFormatException e) {
            throw new JinjaException("\\x and \\u need two and four hexadecimal digits behind them");
        }
    }
}
