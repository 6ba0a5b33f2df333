import Foundation
import Platform
import Support

@testable import Notebook
@testable import Workspace

/// A notebook and its script in a repository, with people, git and nbgit at work on them.
///
/// Every line that a person writes holds a word of its own, so that it can be asked where it is:
///
///     wanted      in a file or a backup, whatever happens
///     unwanted    a person took it out of one of the faces; nobody need keep it
///     given       git took it out of a file; at the end it is in a file, a backup, a commit or a stash
struct PairModel {
    let layout: Layout
    let sandbox: GitSandbox
    let folder: TemporaryDirectory
    let environment: Environment
    var random: SplitMix64
    /// Sets the times of files at random; nil where they stay as they are.
    var clock: SplitMix64?
    /// What was done, and what came of it.
    private(set) var trace: [String] = []
    private(set) var wanted: Set<String>
    private var unwanted: Set<String> = []
    private var given: Set<String> = []
    private var wordCount = World.words.count

    init(seed: UInt64, scramblesTimes: Bool) throws {
        random = SplitMix64(seed: seed)
        clock = scramblesTimes ? SplitMix64(seed: seed &+ 1) : nil
        let world = try random.pick(World.all.get())
        layout = world.layout
        sandbox = world.sandbox
        environment = Environment(sandbox.environment)
        folder = try TemporaryDirectory()
        wanted = Set(World.words)
        try FileManager.default.copyItem(
            atPath: world.folder.path("work"), toPath: folder.path("work"))
    }

    // MARK: Steps

    /// Takes one step.
    ///
    /// - Returns: What is wrong, or nil.
    mutating func step() throws -> String? {
        switch random.below(38) {
        case 0...2: try editNotebook()
        case 3...5: try editScript()
        case 6, 7:
            try editNotebook()
            try editScript()
        case 8: try editSameCell()
        case 9: try runCells()
        case 10: try editMetadata()
        case 34: try editScriptMetadata()
        case 35: try editKernelName()
        case 36: return try bringIntoStepWhileSaved()
        case 11, 12: try commit()
        case 13...15: return try switchBranch()
        case 16: return try stash()
        case 17, 18: return try pull()
        case 19: return try restoreScript()
        case 20: try removeOne()
        case 21: try renameScript()
        case 22: try copyNotebook()
        case 23: touch()
        case 24: return try convert()
        case 25: return try checkOnly()
        case 26: return try pairAgain()
        case 27: return try save()
        case 28: return try bringIntoStep(preferring: random.pick([.notebook, .script]))
        case 29: waitForCertainty()
        default: return try bringIntoStep(preferring: nil)
        }
        return nil
    }

    mutating func note(_ line: String) {
        let name = folder.path.split(separator: "/").last ?? ""
        trace.append(line.replacing(name, with: "folder"))
    }

    // MARK: Words

    mutating func newWord() -> String {
        wordCount += 1
        let word = Self.word(wordCount)
        wanted.insert(word)
        return word
    }

    static func word(_ number: Int) -> String {
        let digits = String(number)
        return "w" + String(repeating: "0", count: 5 - digits.count) + digits + "x"
    }

    static func words(_ bytes: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "w")) {
            rest = rest[(start + 1)...]
            let digits = rest.prefix(5)
            guard rest.count >= 6, rest[start + 6] == UInt8(ascii: "x"),
                digits.allSatisfy({ (0x30...0x39).contains($0) })
            else { continue }
            words.insert(String(decoding: bytes[start...(start + 6)], as: UTF8.self))
        }
        return words
    }

    /// How often a word stands there, as a cell may have been copied: who takes one copy away, and the other one in
    /// the other face, wants neither.
    private static func count(of word: String, in bytes: [UInt8]) -> Int {
        String(decoding: bytes, as: UTF8.self).ranges(of: word).count
    }

    /// Somebody else's words need not stay.
    mutating func disown(_ word: String) { wanted.remove(word) }

    /// A person takes words away.
    mutating func giveUp(_ words: Set<String>) {
        wanted.subtract(words)
        unwanted.formUnion(words)
    }

    /// Git takes words out of a file, and brings others.
    mutating func take(_ old: Set<String>, _ new: Set<String>) {
        wanted.subtract(old.subtracting(new))
        given.formUnion(old.subtracting(new))
        wanted.formUnion(new.subtracting(old).subtracting(unwanted))
    }

    /// Words that are in no file and no backup any more, though nobody took them away.
    func lostWords() throws -> String? {
        let lost = try wanted.subtracting(allWords()).sorted()
        return lost.isEmpty ? nil : "\(lost) is lost"
    }

    /// Words that git took, and nobody has.
    func wordsLostByGit() throws -> String? {
        let missing = try given.subtracting(unwanted).subtracting(allWords())
        guard !missing.isEmpty else { return nil }
        let lost = try missing.subtracting(Self.words(reachableContents())).sorted()
        return lost.isEmpty ? nil : "\(lost) is lost, and git does not have it"
    }

    private func allWords() throws -> Set<String> {
        try wordsByFile().values.reduce(into: Set()) { $0.formUnion($1) }
    }

    /// What is in the files of the work tree, and in what nbgit kept.
    func wordsByFile() throws -> [String: Set<String>] {
        try contents(withBackups: true).mapValues(Self.words)
    }

    // MARK: Files

    var root: Platform.Path { Platform.Path(folder.path("work")) }

    func path(_ name: String) -> Platform.Path { Platform.Path(folder.path("work/\(name)")) }

    func contents(withBackups: Bool = false) throws -> [String: [UInt8]] {
        let names = files().filter { name in
            !name.hasPrefix(".git/") || withBackups && name.hasPrefix(".git/nbgit/backup/")
        }
        return Dictionary(
            try names.map { ($0, try File.read(path($0))) }, uniquingKeysWith: { $1 })
    }

    func files() -> [String] {
        let walk = Folder.walk(root) { entry in
            if entry.kind == .folder {
                let isSkipped = entry.folder == ".git" && entry.name != "nbgit"
                return isSkipped ? .skip : .descend
            }
            return .take
        }
        return walk.taken.compactMap(\.relativePath.string)
    }

    /// Changes a file as a person does: what vanishes from it is not wanted any more.
    mutating func edit(_ name: String, _ change: ([UInt8], inout PairModel) throws -> [UInt8])
        throws
    {
        guard let before = try? File.read(path(name)) else { return }
        let after = try change(before, &self)
        giveUp(
            Self.words(before).filter {
                Self.count(of: $0, in: after) < Self.count(of: $0, in: before)
            })
        try folder.write(after, to: "work/\(name)")
    }

    mutating func scrambleTimes() {
        guard clock != nil else { return }
        for name in files() where !name.hasPrefix(".git/") {
            setTime(of: name, to: time_t(900_000_000 + (clock?.below(1_500_000_000) ?? 0)))
        }
    }

    private mutating func touch() {
        note("touch")
        for name in files() where !name.hasPrefix(".git/") { setTime(of: name, to: time(nil)) }
    }

    private func setTime(of name: String, to seconds: time_t) {
        let times = [timespec](repeating: timespec(tv_sec: seconds, tv_nsec: 5), count: 2)
        utimensat(AT_FDCWD, folder.path("work/\(name)"), times, 0)
    }

    /// What is younger than two steps of the kernel's clock is read again by git and nbgit.
    private mutating func waitForCertainty() {
        note("wait")
        usleep(21_000)
    }
}
