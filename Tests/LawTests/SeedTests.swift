import Foundation
import Laws
import Support
import Testing

/// The laws on the seeds of the fuzzers, among them all that a fuzzer ever found.
@Suite struct SeedTests {
    private static func seeds(of name: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = projectRoot.appending(path: "Fuzz/Seeds/\(name)")
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).sorted { $0.path < $1.path }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }

    @Test(arguments: Law.all.map(\.name))
    func `a law holds for its seeds`(name: String) throws {
        let law = try #require(Law.all.first { $0.name == name })
        let seeds = try Self.seeds(of: name)
        #expect(!seeds.isEmpty)
        for seed in seeds { #expect(law.violation(seed.bytes) == nil, "\(seed.name)") }
    }

    /// ``CaseCount`` says how many.
    @Test(arguments: Law.all.map(\.name))
    func `a law holds for what grows out of its seeds`(name: String) throws {
        let law = try #require(Law.all.first { $0.name == name })
        let seeds = try Self.seeds(of: name).map(\.bytes)
        var random = SplitMix64(seed: CaseCount.notebookSeed())
        for _ in 0..<CaseCount.ofNotebooks(50) {
            var input = random.pick(seeds)
            for _ in 0...random.below(4) {
                let place = random.below(input.count + 1)
                switch random.below(4) {
                case 0 where place < input.count: input.remove(at: place)
                case 1: input.insert(contentsOf: random.pick(seeds).prefix(40), at: place)
                case 2: input.insert(UInt8(random.below(256)), at: place)
                default: if place < input.count { input[place] = UInt8(random.below(256)) }
                }
            }
            let violation = law.violation(input)
            #expect(violation == nil, "\(input) \(String(decoding: input, as: UTF8.self))")
        }
    }
}
