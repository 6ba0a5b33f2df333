internal import Platform

/// How a file looked at one moment, without its contents.
///
/// Equal stamps mean equal contents, times that were set back included: nobody can set back when a file was
/// `changed`.
struct FileStamp: Hashable, Sendable {
    /// A number made of size, times, device and inode; 0 for a file that is not there.
    let digest: UInt64
    /// When it was changed last, in nanoseconds.
    private let newest: Int

    init(_ status: FileStatus?) {
        guard let status else {
            (digest, newest) = (0, 0)
            return
        }
        let (modified, changed) = (Self.time(status.modified), Self.time(status.changed))
        newest = max(modified, changed)
        digest = [
            UInt64(bitPattern: Int64(modified)), UInt64(bitPattern: Int64(changed)),
            UInt64(status.byteCount), status.identity.device, status.identity.inode,
        ].reduce(1) { $0.mixed(with: $1) }
    }

    private static func time(_ time: Timestamp) -> Int {
        // Times that no file system can hold may wrap around; they are only compared.
        time.seconds &* 1_000_000_000 &+ time.nanoseconds
    }

    /// Whether each change after `now` would show in the stamp, when that was taken at `now`.
    ///
    /// What was changed shortly before might change again without a trace; see racy-git.txt of git.
    func isCertain(at now: Timestamp) -> Bool {
        // The kernel's clock for files moves in steps of up to 10 ms; some file systems keep full seconds, or
        // every other.
        let step = newest % 1_000_000_000 == 0 ? 2_000_000_000 : 10_000_000
        return newest + 2 * step < Self.time(now)
    }
}

/// How the files looked that hold the settings for both folders of a pair.
struct SettingsStamp: Hashable, Sendable {
    var notebook = FileStamp(nil)
    var script = FileStamp(nil)
}

/// How all that decides about a pair looked at one moment.
struct PairStamp: Hashable, Sendable {
    let notebook: FileStamp
    let script: FileStamp
    let settings: SettingsStamp

    private var files: [FileStamp] { [notebook, script, settings.notebook, settings.script] }

    /// One number for all of it.
    var digest: UInt64 {
        notebook.digest.mixed(with: script.digest).mixed(with: settings.notebook.digest)
            .mixed(with: settings.script.digest)
    }

    func isCertain(at now: Timestamp) -> Bool { files.allSatisfy { $0.isCertain(at: now) } }
}

extension UInt64 {
    /// A number that is another one when either of the two is.
    ///
    /// After the finalizer of SplitMix64 by Steele, Lea and Flood; wrapping is what it asks for.
    fileprivate func mixed(with other: UInt64) -> UInt64 {
        var mixed = (self &+ 0x9E37_79B9_7F4A_7C15) ^ other
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
