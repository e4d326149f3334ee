import Accounts
import Certificates
import Delivery
import Dossiers
import Hall
import Hummingbird
import Vocabulary

/// What comes of a dossier: the certificate, and what a courier carries.
struct ResultsAPI {
    let site: Site

    private struct Certificates: Encodable {
        struct One: Encodable {
            let id: CertificateID
            let identifier: String
            let type: String
            let typeName: String?
            let number: String
            let standing: String
            let validFrom: CivilDate
            /// Missing for long-term.
            let validUntil: CivilDate?
        }

        let certificates: [One]
    }

    func certificates(_ request: Request, _ context: AskerContext) async throws -> Response {
        let dossier = try await context.open(site).dossier
        let today = site.hall.time.now().day
        var found: [Certificate] = []
        if let id = dossier.certificate, let one = try await site.hall.certificate(id) { found.append(one) }
        return try .json(
            Certificates(
                certificates: found.map { one in
                    let reservation = one.reservation
                    return Certificates.One(
                        id: one.id, identifier: reservation.identifier.description, type: reservation.identifier.type,
                        typeName: one.personal?.typeName, number: reservation.identifier.serial,
                        standing: one.standing(on: today).rawValue, validFrom: reservation.validFrom,
                        validUntil: reservation.validUntil)
                }))
    }

    /// `GET /api/v1/dossiers/{dossier}/certificates/{certificate}/files/{format}`.
    func file(_ request: Request, _ context: AskerContext) async throws -> Response {
        let dossier = try await context.open(site).dossier
        guard let id = CertificateID(try context.parameters.require("certificate")),
            let format = Hall.CertificateFormat(rawValue: try context.parameters.require("format"))
        else { throw CertificateRefusal.notFound }
        let (bytes, certificate) = try await site.hall.file(
            of: id, as: format, in: dossier, for: context.asker.looker)
        return CertificateFiles.answer(bytes, certificate, format)
    }

    private struct Parcels: Encodable {
        struct Report: Encodable {
            let kind: String
            let at: String
        }

        struct One: Encodable {
            let id: ParcelID
            let direction: String
            let stage: String
            let waybill: String?
            let promisedDay: CivilDate?
            let isLate: Bool
            /// What somebody pays at the door.
            let cents: Int
            let reports: [Report]
        }

        let parcels: [One]
    }

    func parcels(_ request: Request, _ context: AskerContext) async throws -> Response {
        let dossier = try await context.open(site).dossier
        let today = site.hall.time.now().day
        return try .json(
            Parcels(
                parcels: try await site.hall.parcels(of: dossier.id).map { parcel in
                    Parcels.One(
                        id: parcel.id, direction: parcel.ordered.direction.rawValue, stage: parcel.stage.rawValue,
                        waybill: parcel.booking?.waybill, promisedDay: parcel.booking?.promisedDay,
                        isLate: parcel.isLate(on: today), cents: parcel.ordered.price.cents,
                        reports: parcel.scans.map {
                            Parcels.Report(kind: $0.scan.kind.rawValue, at: $0.scan.at.description)
                        })
                }))
    }

    struct Cancellation: JSONBody {
        static let members: [JSONShape.Member] = [.must("reason", .reason)]
        let reason: String
    }

    /// `POST …/parcels/{parcel}/cancellation`: the result is fetched at a window instead.
    func cancel(_ request: Request, _ context: AskerContext) async throws -> Response {
        let attempt = try Attempt(request)
        let reason = try await Cancellation(request).reason
        return try await perform(.cancel(reason: reason), context, attempt)
    }

    struct Readdressing: JSONBody {
        static let members: [JSONShape.Member] = [.must("door", .body(ApplicationBody.Door.members))]
        let door: ApplicationBody.Door
    }

    /// `POST …/parcels/{parcel}/address`: a wrong address is mended, once.
    func readdress(_ request: Request, _ context: AskerContext) async throws -> Response {
        let attempt = try Attempt(request)
        guard let address = try await Readdressing(request).door.address(site) else { throw ParcelRefusal.addressUnfit }
        return try await perform(.readdress(address), context, attempt)
    }

    private func perform(
        _ command: ParcelCommand, _ context: AskerContext, _ attempt: Attempt
    ) async throws -> Response {
        guard let parcel = ParcelID(try context.parameters.require("parcel")) else { throw ParcelRefusal.notFound }
        let id = try context.dossier()
        let performer = try await context.applicant(of: id, site)
        try await site.hall.perform(command, on: parcel, of: id, by: performer, attempt: attempt)
        return .noContent
    }
}
