internal import CGitShims
internal import Clibgit2
internal import Platform

/// libgit2's view of a ``SmartService``: what it is handed, and what became of it.
///
/// Whatever goes wrong in a callback is kept here and counts for more than what libgit2 then says.
final class RemoteSession {
    private let service: any SmartService
    private let observe: (TransferEvent) -> Void
    private let subtransport: UnsafeMutablePointer<nbgit_subtransport>
    private let stream: UnsafeMutablePointer<nbgit_substream>
    private var request = SmartRequest.advertisementForFetch
    private var sideband = ServerText()
    /// The first thing that went wrong.
    private(set) var failure: GitError?
    /// What the server said about each reference that was pushed: nothing where it took it.
    private(set) var pushAnswers: [ReferenceName: String?] = [:]
    /// What the server said to people.
    private(set) var serverLines: [String] = []
    /// Whether anything was sent that a server may have acted upon.
    private(set) var hasSentPush = false

    init(_ service: any SmartService, _ observe: @escaping (TransferEvent) -> Void) {
        self.service = service
        self.observe = observe
        subtransport = .allocate(capacity: 1)
        stream = .allocate(capacity: 1)
        subtransport.initialize(to: nbgit_subtransport())
        stream.initialize(to: nbgit_substream())
        let owner = Unmanaged.passUnretained(self).toOpaque()
        subtransport.pointee.owner = owner
        subtransport.pointee.subtransport.action = { out, subtransport, _, action in
            RemoteSession.of(subtransport).begin(action, out)
        }
        subtransport.pointee.subtransport.close = { subtransport in
            RemoteSession.of(subtransport).service.close()
            return 0
        }
        subtransport.pointee.subtransport.free = { _ in }
        stream.pointee.owner = owner
        stream.pointee.stream.subtransport = UnsafeMutableRawPointer(subtransport)
            .assumingMemoryBound(to: git_smart_subtransport.self)
        stream.pointee.stream.read = { stream, buffer, count, readCount in
            RemoteSession.of(stream).read(buffer, count, readCount)
        }
        stream.pointee.stream.write = { stream, buffer, count in
            RemoteSession.of(stream).write(buffer, count)
        }
        stream.pointee.stream.free = { stream in RemoteSession.of(stream).service.end() }
    }

    deinit {
        subtransport.deallocate()
        stream.deallocate()
    }

    /// The session that libgit2 hands back; its structure comes first in ours.
    private static func of(_ pointer: UnsafeMutablePointer<git_smart_subtransport>?)
        -> RemoteSession
    {
        let own = UnsafeMutableRawPointer(pointer)?.assumingMemoryBound(to: nbgit_subtransport.self)
        return of(own?.pointee.owner)
    }

    private static func of(_ pointer: UnsafeMutablePointer<git_smart_subtransport_stream>?)
        -> RemoteSession
    {
        let own = UnsafeMutableRawPointer(pointer)?.assumingMemoryBound(to: nbgit_substream.self)
        return of(own?.pointee.owner)
    }

    private static func of(_ owner: UnsafeMutableRawPointer?) -> RemoteSession {
        guard let owner else { preconditionFailure("libgit2 hands back what it was given") }
        return Unmanaged<RemoteSession>.fromOpaque(owner).takeUnretainedValue()
    }

    // MARK: The stream

    private func begin(
        _ action: git_smart_service_t,
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport_stream>?>?
    ) -> Int32 {
        out?.pointee = UnsafeMutableRawPointer(stream)
            .assumingMemoryBound(to: git_smart_subtransport_stream.self)
        switch action {
        case GIT_SERVICE_UPLOADPACK_LS: request = .advertisementForFetch
        case GIT_SERVICE_UPLOADPACK: request = .fetch
        case GIT_SERVICE_RECEIVEPACK_LS: request = .advertisementForPush
        default: request = .push
        }
        return attempt { () throws(GitError) in try service.begin(request) }
    }

    private func read(
        _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int,
        _ readCount: UnsafeMutablePointer<Int>?
    ) -> Int32 {
        attempt { () throws(GitError) in
            try requireGoOn()
            readCount?.pointee = try service.read(
                into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
        }
    }

    private func write(_ buffer: UnsafePointer<CChar>?, _ count: Int) -> Int32 {
        attempt { () throws(GitError) in
            try requireGoOn()
            if case .push = request { hasSentPush = true }
            try service.write(UnsafeRawBufferPointer(start: buffer, count: count))
        }
    }

    private func requireGoOn() throws(GitError) {
        try system { () throws(SystemError) in try Interrupt.check() }
    }

    /// Does it for libgit2, which gets a number, and keeps the reason.
    private func attempt(_ body: () throws(GitError) -> Void) -> Int32 {
        do throws(GitError) {
            try body()
            return 0
        } catch {
            if failure == nil { failure = error }
            return GIT_EUSER.rawValue
        }
    }

    // MARK: What libgit2 reports

    /// Callbacks that lead here; this session must outlive their use.
    func callbacks() -> git_remote_callbacks {
        var callbacks = git_remote_callbacks()
        git_remote_init_callbacks(&callbacks, UInt32(GIT_REMOTE_CALLBACKS_VERSION))
        callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        callbacks.transport = { out, remote, payload in
            let session = RemoteSession.of(payload)
            var definition = git_smart_subtransport_definition(
                callback: { out, _, payload in
                    let session = RemoteSession.of(payload)
                    out?.pointee = UnsafeMutableRawPointer(session.subtransport)
                        .assumingMemoryBound(to: git_smart_subtransport.self)
                    return 0
                }, rpc: session.service.isStateless ? 1 : 0, param: payload)
            return git_transport_smart(out, remote, &definition)
        }
        callbacks.sideband_progress = { bytes, count, payload in
            RemoteSession.of(payload).hear(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        }
        callbacks.transfer_progress = { progress, payload in
            guard let progress = progress?.pointee else { return 0 }
            return RemoteSession.of(payload).report(progress)
        }
        callbacks.pack_progress = { _, done, total, payload in
            RemoteSession.of(payload).report(.counting, Int(done), Int(total))
        }
        callbacks.push_transfer_progress = { done, total, byteCount, payload in
            RemoteSession.of(payload).report(.sending, Int(done), Int(total), byteCount)
        }
        callbacks.push_update_reference = { name, reason, payload in
            guard let name else { return 0 }
            let words = reason.map { ServerText.cleaned(Path(cString: $0).bytes) }
            RemoteSession.of(payload).pushAnswers[ReferenceName(Path(cString: name))] = .some(words)
            return 0
        }
        return callbacks
    }

    private func hear(_ bytes: UnsafeRawBufferPointer) -> Int32 {
        for line in sideband.lines(in: bytes) { tell(line) }
        return 0
    }

    /// What the server said last may have no end.
    func hearTheRest() {
        if let line = sideband.lastLine() { tell(line) }
    }

    private func tell(_ line: ServerText.Line) {
        if !line.isPassing, !line.text.isEmpty { serverLines.append(line.text) }
        observe(.serverLine(line.text, isPassing: line.isPassing))
    }

    private func report(_ progress: git_indexer_progress) -> Int32 {
        let isReceiving = progress.received_objects < progress.total_objects
        let (done, total) =
            isReceiving || progress.total_deltas == 0
            ? (progress.received_objects, progress.total_objects)
            : (progress.indexed_deltas, progress.total_deltas)
        return report(
            isReceiving || progress.total_deltas == 0 ? .receiving : .resolving, Int(done),
            Int(total), progress.received_bytes)
    }

    private func report(
        _ step: TransferEvent.Step, _ done: Int, _ total: Int, _ byteCount: Int = 0
    ) -> Int32 {
        observe(.progress(step, done: done, total: total, byteCount: byteCount))
        return attempt { () throws(GitError) in try requireGoOn() }
    }

    /// Turns an answer of libgit2 into an error: what went wrong on our side first.
    func check(_ call: String, _ answer: Int32) throws(GitError) {
        guard answer < 0 || failure != nil else { return }
        defer { git_error_clear() }
        if let failure { throw failure }
        do throws(GitError) {
            _ = try Git.check(call, answer)
        } catch {
            throw error.saidOfAServer(code: answer)
        }
    }
}

extension GitError {
    /// What libgit2 says about an answer that it does not understand, in our words.
    fileprivate func saidOfAServer(code: Int32) -> GitError {
        if code == GIT_EEOF.rawValue || message == "early EOF" {
            return GitError(
                "the server's answer ended in the middle", hint: "try again", network: .cut)
        }
        guard category == Int32(GIT_ERROR_NET.rawValue) else { return self }
        if message.hasPrefix("unpacking the sent packfile failed") {
            return GitError(
                "the server could not take what was sent, and changed nothing",
                hint: "see what it says above, or ask who runs it", network: .refused)
        }
        return GitError(
            "the server's answer is not of git's protocol: \(ServerText.cleaned(message.utf8))",
            hint: "look for a slip in the address, or ask who runs the server", network: .cut)
    }
}
