"""The header rows of the files, as the systems of real shops write them."""

from __future__ import annotations


def _names(text: str, delimiter: str = ",") -> tuple[str, ...]:
    return tuple(text.split(delimiter))


#: The client file of the two shops: a French till of the old kind, `;` and Windows letters.
CRM = _names(
    "No client;Civilité;Nom;Prénom;Courriel;Téléphone;Adresse;Ville;Province;Code postal;Date de naissance;Langue;"
    "Carte fidélité;Infolettre;Modifié le",
    ";",
)
SHOPIFY_CUSTOMERS = _names(
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Address1,Default Address City,"
    "Default Address Country Code,Default Address Zip,Phone,Tags"
)
SHOPIFY_ORDERS = _names(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value"
)
SQUARE_CUSTOMERS = _names(
    "First Name,Last Name,Email Address,Phone Number,Company Name,Street Address 1,Street Address 2,City,State,"
    "Postal Code,Memo,Square Customer ID"
)
SQUARE_ITEMS = _names(
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,"
    "Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,"
    "Customer Reference ID"
)
MAILCHIMP = _names(
    "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,"
    "GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)
MAILCHIMP_UNSUBSCRIBED = (
    *MAILCHIMP[:15],
    *_names("UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON"),
    *MAILCHIMP[15:],
)
