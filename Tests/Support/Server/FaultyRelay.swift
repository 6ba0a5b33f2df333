import Foundation
import Glibc

/// What stands between a program and a server and does not work well.
public final class FaultyRelay: @unchecked Sendable {
    /// How it fails.
    public enum Fault: Sendable {
        /// Not at all.
        case none
        /// Nothing is ever answered.
        case mute
        /// After so many bytes from the server nothing more comes.
        case stall(after: Int)
        /// After so many bytes from the server the connection is reset.
        case cut(after: Int)
        /// The same, but later connections work.
        case cutOnce(after: Int)
        /// After so many bytes to the server the connection is reset; later connections work.
        case cutUpwardsOnce(after: Int)
        /// The connection ends in order after so many bytes from the server.
        case close(after: Int)
        /// Something is answered that is no protocol at all.
        case answer(String)
        /// It is a proxy: it connects to where `CONNECT` says, if the credentials are these.
        case proxy(credentials: String?)
        /// It is a proxy that answers this status to everybody.
        case refusingProxy(Int)
    }

    /// Where it listens.
    public let port: UInt16
    private let target: UInt16
    private let fault: Fault
    private let listener: Int32
    private let lock = NSLock()
    private var connectionCount = 0
    private var passedCount = 0
    private var heads: [String] = []

    /// Listens from now on, until it is let go of.
    public init(to target: UInt16, _ fault: Fault) throws {
        signal(SIGPIPE, SIG_IGN)
        self.target = target
        self.fault = fault
        (listener, port) = try Loopback.listen()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                guard let self else {
                    close(client)
                    return
                }
                let number = self.count()
                Thread.detachNewThread { [weak self] in self?.serve(client, number) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The requests that a proxy was sent.
    public var proxyRequests: [String] { lock.withLock { heads } }
    /// How many bytes have come from the server.
    public var byteCount: Int { lock.withLock { passedCount } }

    private func count() -> Int {
        lock.withLock {
            connectionCount += 1
            return connectionCount
        }
    }

    private func serve(_ client: Int32, _ number: Int) {
        switch fault {
        case .mute: sleep(20)
        case .answer(let text):
            _ = Self.receive(client)
            Self.send(Array(text.utf8), to: client)
        case .proxy, .refusingProxy: serveAsProxy(client)
        case .cutOnce, .cutUpwardsOnce: relay(client, number == 1 ? fault : .none)
        default: relay(client, fault)
        }
        close(client)
    }

    private func serveAsProxy(_ client: Int32) {
        var head = ""
        while !head.hasSuffix("\r\n\r\n") {
            let bytes = Self.receive(client)
            guard !bytes.isEmpty else { return }
            head += String(decoding: bytes, as: UTF8.self)
        }
        lock.withLock { heads.append(head) }
        switch fault {
        case .refusingProxy(let status):
            Self.send(Array("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n".utf8), to: client)
        case .proxy(let credentials?)
        where !head.contains("Proxy-Authorization: Basic \(credentials)\r\n"):
            Self.send(
                Array(
                    "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
                        .utf8),
                to: client)
        default:
            Self.send(Array("HTTP/1.1 200 Connected\r\n\r\n".utf8), to: client)
            relay(client, .none)
        }
    }

    private func relay(_ client: Int32, _ fault: Fault) {
        guard let server = try? Loopback.connect(to: target) else { return }
        defer { close(server) }
        var (downCount, upCount) = (0, 0)
        var requests = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&requests, 2, 30_000) > 0 {
            if requests[0].revents != 0 {
                var bytes = Self.receive(client)
                guard !bytes.isEmpty else { return }
                if case .cutUpwardsOnce(let limit) = fault, upCount + bytes.count > limit {
                    bytes = Array(bytes.prefix(limit - upCount))
                    Self.send(bytes, to: server)
                    Self.reset(client)
                    return
                }
                upCount += bytes.count
                guard Self.send(bytes, to: server) else { return }
            }
            if requests[1].revents != 0 {
                var bytes = Self.receive(server)
                guard !bytes.isEmpty else { return }
                let limit: Int
                switch fault {
                case .stall(let count), .cut(let count), .cutOnce(let count), .close(let count):
                    limit = count
                default: limit = .max
                }
                let isOver = downCount + bytes.count >= limit
                if isOver { bytes = Array(bytes.prefix(limit - downCount)) }
                downCount += bytes.count
                lock.withLock { passedCount += bytes.count }
                guard Self.send(bytes, to: client) else { return }
                guard isOver else { continue }
                switch fault {
                case .stall: sleep(20)
                case .cut, .cutOnce: Self.reset(client)
                default: break
                }
                return
            }
        }
    }

    /// Closes with a reset, so that the other side is told that it was cut.
    private static func reset(_ socket: Int32) {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            socket, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
    }

    private static func receive(_ socket: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = recv(socket, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(count, 0)))
    }

    @discardableResult
    private static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
