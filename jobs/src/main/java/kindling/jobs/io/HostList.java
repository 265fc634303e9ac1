package kindling.jobs.io;

import java.net.IDN;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import kindling.jobs.UserError;

/** A text file of host names: one a line, comments after {@code #}. Read on the driver. */
public final class HostList {
    private HostList() {}

    /**
     * The hosts, in lower case and ASCII as in addresses; {@code *.example.com} is {@code example.com}.
     *
     * @throws UserError when a line is no host name, or there is none: an empty list would keep or drop everything
     */
    public static Set<String> in(InputPath file) {
        Set<String> hosts = new TreeSet<>();
        int number = 0;
        for (String line : Storage.text(Storage.absolute(file.path())).lines().toList()) {
            number++;
            String host = line.replaceFirst("#.*", "").strip().replaceFirst("^\\*?\\.", "");
            if (!host.isEmpty()) {
                hosts.add(ascii(host, "%s line %d".formatted(file, number)));
            }
        }
        if (hosts.isEmpty()) {
            throw new UserError("%s names no host: write one a line".formatted(file));
        }
        return hosts;
    }

    private static String ascii(String host, String place) {
        try {
            String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            if (ascii.matches("[a-z0-9_.-]+|\\[[0-9a-f:.]+]")) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // no host either
        }
        throw new UserError("%s is no host name such as example.com: '%s'".formatted(place, host));
    }
}
