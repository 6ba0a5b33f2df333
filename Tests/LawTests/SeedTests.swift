import Foundation
import Laws
import Support
import Testing

/// The laws on the seeds of the fuzzers, among them all that a fuzzer ever found.
@Suite struct SeedTests {
    @Test(arguments: Law.all.map(\.name))
    func `a law holds for its seeds`(name: String) throws {
        let law = try #require(Law.all.first { $0.name == name })
        let folder = projectRoot.appending(path: "Fuzz/Seeds/\(name)")
        let seeds = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(!seeds.isEmpty)
        for seed in seeds {
            let violation = law.violation(Array(try Data(contentsOf: seed)))
            #expect(violation == nil, "\(seed.lastPathComponent)")
        }
    }
}
