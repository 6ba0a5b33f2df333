import Glibc

/// How much can run at once.
public enum Processors {
    /// The cores this program may use, at least 1.
    ///
    /// Counts the cores it is allowed on (`taskset`, a container's set) and obeys a container's quota, which
    /// leaves all cores visible and stops whoever uses them. Asks the system each time.
    public static var usableCount: Int {
        let allowed = allowedCount() ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        guard allowed > 1 else { return 1 }
        return max(1, min(allowed, quotaCount() ?? allowed))
    }

    /// The cores in the program's mask.
    ///
    /// Follows sched_getaffinity(2).
    private static func allowedCount() -> Int? {
        // Room for 8,192 cores, the most that Linux can be built for.
        var mask = [UInt64](repeating: 0, count: 128)
        let byteCount = mask.count * MemoryLayout<UInt64>.size
        // The call writes at most as many bytes as the array has.
        guard unsafe sched_getaffinity(0, byteCount, &mask) == 0 else { return nil }
        let count = mask.reduce(0) { $0 + $1.nonzeroBitCount }
        return count > 0 ? count : nil
    }

    /// The least `cpu.max` of the program's control group and those above it, in whole cores.
    ///
    /// Follows the kernel's cgroup-v2 document.
    private static func quotaCount() -> Int? {
        guard let groups = try? File.read("/proc/self/cgroup"),
            let group = groupPath(in: groups)
        else {
            return nil
        }
        var folder = Path("/sys/fs/cgroup").appending(group)
        var least: Int?
        while folder != "/sys/fs" {
            let text = try? File.read(folder.appending("cpu.max"))
            if let quota = text.flatMap({ coreCount(inQuota: $0) }) {
                least = min(quota, least ?? quota)
            }
            folder = folder.parent
        }
        return least
    }

    /// The path in the line `0::/path`, seen from the root of all groups.
    static func groupPath(in groups: [UInt8]) -> Path? {
        let marker = Array("0::/".utf8)
        let line = groups.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: marker) }
        return line.map { Path(bytes: Array($0.dropFirst(marker.count))) }
    }

    /// The cores in a quota such as `150000 100000` (time per period), rounded up; `nil` for `max`.
    static func coreCount(inQuota quota: [UInt8]) -> Int? {
        let numbers = quota.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
            .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return nil }
        return (numbers[0] - 1) / numbers[1] + 1
    }
}

/// Glibc shows its GNU functions only to C; plain numbers and a buffer of stated size need no more.
@_silgen_name("sched_getaffinity")
private func sched_getaffinity(
    _ process: Int32, _ byteCount: Int, _ mask: UnsafeMutablePointer<UInt64>
) -> Int32
