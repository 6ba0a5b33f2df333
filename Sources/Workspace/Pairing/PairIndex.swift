internal import Platform

/// The pairs that were in step, and how their files looked: whoever looks the same is in step still, and is not read.
///
///     .git/nbgit/index
///
///     nbgit index 1 LF
///     for each pair: notebook NUL script NUL, and the digest of its stamp, 8 bytes, the lowest first
///
/// Only spares work: all of it can be found out again, and is when the file is missing or damaged. It is replaced
/// as a whole, so that of two programs that write at once one is heard. What is remembered of a pair is in
/// ``PairMemory``. The number in the first line rises when another nbgit would not find the same in step.
final class PairIndex {
    private struct Entry {
        let script: Path
        let digest: UInt64
    }

    private let memory: PairMemory
    /// By the notebooks; absolute paths, in files those from the memory's base.
    private var entries: [Path: Entry] = [:]
    /// The notebooks of scripts; made when a script is asked for.
    private lazy var notebooks = Dictionary(
        entries.map { ($0.value.script, $0.key) }, uniquingKeysWith: { first, _ in first })
    private var hasNews = false

    private static let title = Array("nbgit index 1\n".utf8)

    /// Reads the index beside what `memory` remembers.
    init(of memory: PairMemory) {
        self.memory = memory
        guard memory.isThere, let bytes = try? File.read(memory.index),
            bytes.starts(with: Self.title)
        else { return }
        entries.reserveCapacity(bytes.count / 50)
        var place = Self.title.count
        while let notebook = Self.name(in: bytes, at: &place),
            let script = Self.name(in: bytes, at: &place),
            let digest = Self.number(in: bytes, at: &place)
        {
            entries[memory.base.appending(notebook)] = Entry(
                script: memory.base.appending(script), digest: digest)
        }
    }

    // MARK: Asking

    /// The script of the notebook at `path`, and the digest of how both looked when they were in step.
    func pair(ofNotebook path: Path) -> (script: Path, digest: UInt64)? {
        entries[path].map { ($0.script, $0.digest) }
    }

    /// The notebook of the script at `path`.
    func notebook(ofScript path: Path) -> Path? { notebooks[path] }

    // MARK: Keeping

    /// Notes that a pair is in step.
    func note(_ pair: Pair, _ stamp: PairStamp) {
        entries[pair.notebook] = Entry(script: pair.script, digest: stamp.digest)
        hasNews = true
    }

    /// Writes what is new, and leaves out pairs whose notebook is gone; where that cannot be done, files are read
    /// once more next time.
    func write() {
        guard hasNews else { return }
        let kept = entries.filter { (try? File.status(of: $0.key)) != nil }
        var bytes = Self.title
        for (notebook, entry) in kept.sorted(by: { $0.key < $1.key }) {
            for path in [notebook, entry.script] { bytes += memory.name(of: path).bytes + [0] }
            withUnsafeBytes(of: entry.digest.littleEndian) { bytes += $0 }
        }
        _ = try? File.replace(memory.index, with: bytes)
    }

    // MARK: Bytes

    private static func name(in bytes: [UInt8], at place: inout Int) -> ArraySlice<UInt8>? {
        let start = place
        guard let end = bytes[start...].firstIndex(of: 0), end > start else { return nil }
        place = end + 1
        return bytes[start..<end]
    }

    private static func number(in bytes: [UInt8], at place: inout Int) -> UInt64? {
        let start = place
        guard bytes.count - start >= 8 else { return nil }
        place += 8
        return bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
    }
}
