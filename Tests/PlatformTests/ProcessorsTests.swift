import Foundation
import Support
import Testing

@testable import Platform

@Suite struct ProcessorsTests {
    @Test func `the count is that of nproc`() throws {
        let environment = ["PATH": "/usr/bin:/bin"]
        let counted = try run(["nproc"], in: "/", environment: environment).text
        #expect((1...(Int(counted.dropLast()) ?? 0)).contains(Processors.usableCount))
    }

    @Test func `a program that is held to one core uses one`() async {
        await #expect(processExitsWith: .exitCode(1)) {
            // The first core may be one that this may not run on.
            _ = (0..<64).first { core in
                var mask = 1 << core as UInt64
                return sched_setaffinity(0, 8, &mask) == 0
            }
            exit(Int32(Processors.usableCount))
        }
    }

    @Test(
        arguments: [
            ("0::/\n", ""), ("0::/user.slice/a b\n", "user.slice/a b"),
            ("9:cpu:/x\n0::/y\n", "y"), ("9:cpu:/x\n", nil), ("", nil),
        ] as [(String, String?)])
    func `the control group is the one without a number`(groups: String, path: String?) {
        #expect(Processors.groupPath(in: Array(groups.utf8)) == path.map { Path($0) })
    }

    @Test(
        arguments: [
            ("200000 100000\n", 2), ("150000 100000", 2), ("10000 100000", 1), ("max 100000", nil),
            ("", nil), ("0 100000", nil), ("1 0", nil),
        ] as [(String, Int?)])
    func `a quota is so many cores, rounded up`(quota: String, count: Int?) {
        #expect(Processors.coreCount(inQuota: Array(quota.utf8)) == count)
    }
}

@_silgen_name("sched_setaffinity")
private func sched_setaffinity(
    _ process: Int32, _ byteCount: Int, _ mask: UnsafeMutablePointer<UInt64>
) -> Int32
