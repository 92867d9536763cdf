package io.wattledger.collector.sensor.rapl;

import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes through the powercap tree and finds the domains to read: platform, packages, and what each package holds. */
final class PowercapSurvey {
    /** Indices are written in hexadecimal: {@code intel-rapl:a} exists. The same tree is used for AMD. */
    private static final Pattern TOP = Pattern.compile("intel-rapl:[0-9a-f]+");

    private static final Pattern SUB = Pattern.compile("(intel-rapl:[0-9a-f]+):[0-9a-f]+");

    /**
     * A domain that is not read.
     *
     * @param reason which, and why, for people
     * @param denied whether the right to read it is what is missing
     */
    record Refusal(String reason, boolean denied) {}

    /** A folder of the tree and the content of its name file. */
    private record Folder(Path path, String name) {
        boolean isTop() {
            return TOP.matcher(file()).matches();
        }

        boolean isInside(Folder other) {
            var matcher = SUB.matcher(file());
            return matcher.matches() && matcher.group(1).equals(other.file());
        }

        private String file() {
            return path.getFileName().toString();
        }
    }

    private final NumberFile.Opener opener;
    private final List<Folder> folders = new ArrayList<>();
    private final List<RaplDomain> domains = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private PowercapSurvey(NumberFile.Opener opener) {
        this.opener = opener;
    }

    static PowercapSurvey of(Path powercap, NumberFile.Opener opener) {
        var survey = new PowercapSurvey(opener);
        survey.list(powercap);
        survey.openPlatform();
        survey.openPackages();
        return survey;
    }

    /** Each after the one that it lies in. */
    List<RaplDomain> domains() {
        return List.copyOf(domains);
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    boolean anyDenied() {
        return refusals.stream().anyMatch(Refusal::denied);
    }

    /**
     * The one platform domain. Where the second socket counts one of its own, the kernel does not say whether both are the
     * same platform or a part of it each, so neither is read.
     */
    private void openPlatform() {
        var platforms = new ArrayList<RaplDomain>();
        for (var folder : folders) {
            var domain =
                    folder.isTop() && RaplDomain.isPlatform(folder.name()) ? open(folder, RaplDomain.platform()) : null;
            if (domain != null) {
                platforms.add(domain);
            }
        }
        if (platforms.size() == 1) {
            domains.addAll(platforms);
        } else if (!platforms.isEmpty()) {
            platforms.forEach(platform -> platform.energy().close());
            refuse("psys (" + platforms.size() + " of them count, and which holds what is not known)");
        }
    }

    private void openPackages() {
        var seen = new HashSet<String>();
        var packages = new ArrayList<RaplDomain>();
        for (var folder : folders) {
            var name = folder.name();
            if (!folder.isTop() || !RaplDomain.isPackage(name)) {
                continue;
            }
            if (!seen.add(name)) {
                refuse("a second " + name + " (" + folder.path() + " has the name of one that is read already)");
                continue;
            }
            var domain = open(folder, RaplDomain.topmost(name));
            if (domain != null) {
                var twin = twin(domain, packages);
                if (twin != null) {
                    domain.energy().close();
                    refuse(name + " (" + folder.path() + " shows the same counter as " + twin + ")");
                    continue;
                }
                packages.add(domain);
                domains.add(domain);
            }
            openInside(folder, domain != null);
        }
    }

    /** The other die of the same package that has the very same counter, if any: some kernels show each once per die. */
    private static @Nullable String twin(RaplDomain domain, List<RaplDomain> packages) {
        var whole = RaplDomain.packageOf(domain.device().name());
        for (var other : packages) {
            try {
                if (RaplDomain.packageOf(other.device().name()).equals(whole) && domain.mirrors(other)) {
                    return other.device().name();
                }
            } catch (IOException e) {
                // Both could be read a moment ago. If one cannot now, nothing speaks for their being one.
            }
        }
        return null;
    }

    private void openInside(Folder top, boolean topRead) {
        for (var folder : folders) {
            var device = folder.isInside(top) ? RaplDomain.nested(folder.name(), top.name()) : null;
            if (device == null || (top.name().equals(device.parent()) && !topRead)) {
                continue;
            }
            var domain = open(folder, device);
            if (domain != null) {
                domains.add(domain);
            }
        }
    }

    private void list(Path powercap) {
        try (var all = Files.list(powercap)) {
            all.sorted(Comparator.comparing(Path::toString)).forEach(this::note);
        } catch (IOException e) {
            refuse(powercap + " (" + NumberFile.reason(e) + ")");
        }
    }

    private void note(Path path) {
        var file = path.getFileName().toString();
        if (!TOP.matcher(file).matches() && !SUB.matcher(file).matches()) {
            return;
        }
        try {
            folders.add(new Folder(path, Files.readString(path.resolve("name")).trim()));
        } catch (IOException e) {
            refuse(path + " (" + NumberFile.reason(e) + ")");
        }
    }

    private @Nullable RaplDomain open(Folder folder, Device device) {
        var file = new NumberFile(folder.path().resolve("energy_uj"), opener);
        try (var range = new NumberFile(folder.path().resolve("max_energy_range_uj"), opener)) {
            if (file.read() != 0) {
                return new RaplDomain(device, file, range.read());
            }
            refuse(device.name() + " (" + file.path() + " stands at 0 and so does not count)");
        } catch (AccessDeniedException e) {
            refusals.add(new Refusal(e.getFile() + " (permission denied)", true));
        } catch (IOException e) {
            refuse(device.name() + " (" + file.path() + ": " + NumberFile.reason(e) + ")");
        }
        file.close();
        return null;
    }

    private void refuse(String reason) {
        refusals.add(new Refusal(reason, false));
    }
}
