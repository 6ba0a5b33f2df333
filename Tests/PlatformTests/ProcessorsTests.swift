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

    @Test(
        arguments: [
            (" 0-3,8\n", 5), ("\t0", 1), ("0-63", 64), ("", nil), ("3-1", nil), ("x", nil),
        ] as [(String, Int?)])
    func `a list of cores is counted`(list: String, count: Int?) {
        #expect(Processors.coreCount(inList: list) == count)
    }

    @Test(
        arguments: [
            ("200000 100000\n", 2), ("150000 100000", 2), ("10000 100000", 1), ("max 100000", nil),
            ("", nil), ("0 100000", nil), ("1 0", nil),
        ] as [(String, Int?)])
    func `a quota is so many cores, rounded up`(quota: String, count: Int?) {
        #expect(Processors.coreCount(inQuota: quota) == count)
    }
}
