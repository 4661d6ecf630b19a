___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Afterword",
  "brand": {
    "id": "brand_dummy",
    "displayName": "Afterword"
  },
  "description": "Asks one question after checkout.",
  "containerContexts": [
    "WEB"
  ]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "address",
    "displayName": "Address of your tag",
    "simpleValueType": true,
    "help": "The tag's src, such as https://feedback.example/w/aw_pub_….js. Its host must also stand in this template's permissions, under Injects scripts.",
    "valueValidators": [
      {
        "type": "NON_EMPTY"
      },
      {
        "type": "REGEX",
        "args": [
          "^https://[^/]+/w/aw_pub_[0-9A-Za-z]{22}(\\.lazy)?\\.js(\\?lang=[\\w-]+)?$"
        ]
      }
    ]
  },
  {
    "type": "RADIO",
    "name": "order",
    "displayName": "The order",
    "radioItems": [
      {
        "value": "datalayer",
        "displayValue": "from the purchase in the dataLayer, as sent to GA4"
      },
      {
        "value": "variable",
        "displayValue": "from a variable",
        "subParams": [
          {
            "type": "TEXT",
            "name": "transaction",
            "displayName": "Order number",
            "simpleValueType": true
          }
        ]
      }
    ],
    "simpleValueType": true,
    "defaultValue": "datalayer"
  },
  {
    "type": "TEXT",
    "name": "element",
    "displayName": "Place",
    "simpleValueType": true,
    "help": "A CSS selector of the element into which the question is put. Empty: a card in the corner."
  },
  {
    "type": "SELECT",
    "name": "consentType",
    "displayName": "Wait for consent to",
    "macrosInSelect": false,
    "selectItems": [
      {
        "value": "none",
        "displayValue": "nothing"
      },
      {
        "value": "functionality_storage",
        "displayValue": "functionality_storage"
      },
      {
        "value": "analytics_storage",
        "displayValue": "analytics_storage"
      }
    ],
    "simpleValueType": true,
    "defaultValue": "none"
  },
  {
    "type": "GROUP",
    "name": "more",
    "displayName": "More",
    "groupStyle": "ZIPPY_CLOSED",
    "subParams": [
      {
        "type": "TEXT",
        "name": "survey",
        "displayName": "Survey",
        "simpleValueType": true,
        "help": "Another than the site's own."
      },
      {
        "type": "TEXT",
        "name": "token",
        "displayName": "Signed order",
        "simpleValueType": true,
        "help": "The token that the shop's server has made."
      },
      {
        "type": "TEXT",
        "name": "locale",
        "displayName": "Language",
        "simpleValueType": true,
        "help": "Otherwise the page's."
      },
      {
        "type": "CHECKBOX",
        "name": "events",
        "checkboxText": "Tell the dataLayer what happened",
        "simpleValueType": true
      }
    ]
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const addConsentListener = require('addConsentListener');
const createArgumentsQueue = require('createArgumentsQueue');
const injectScript = require('injectScript');
const isConsentGranted = require('isConsentGranted');
const log = require('logToConsole');
const makeString = require('makeString');
const queryPermission = require('queryPermission');

const address = makeString(data.address);
if (!queryPermission('inject_script', address)) {
  log('Afterword: put the host of ' + address + ' into the template\'s permissions, under Injects scripts.');
  return data.gtmOnFailure();
}

// Tag Manager drops data- attributes from a script: what they would say, the queue says.
const options = { placement: data.element ? 'inline' : 'corner' };
if (data.element) options.element = makeString(data.element);
if (data.order === 'variable') options.transaction = makeString(data.transaction || '');
else options.purchase = 'datalayer';
if (data.survey) options.survey = makeString(data.survey);
if (data.token) options.token = makeString(data.token);
if (data.locale) options.locale = makeString(data.locale);
if (data.events) options.events = 'datalayer';

const afterword = createArgumentsQueue('afterword', 'afterword.q');
const type = data.consentType;
if (type && type !== 'none' && !isConsentGranted(type)) {
  afterword('consent', 'pending');
  addConsentListener(type, function (consentType, granted) {
    // By then the script may have put its own function in place of the queue's.
    if (granted) createArgumentsQueue('afterword', 'afterword.q')('consent', 'granted');
  });
}
afterword('ask', options);
injectScript(address, data.gtmOnSuccess, data.gtmOnFailure, address);


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": {
        "publicId": "inject_script",
        "versionId": "1"
      },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 1,
                "string": "https://feedback.example/w/*"
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_globals",
        "versionId": "1"
      },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "afterword"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "key"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  },
                  {
                    "type": 1,
                    "string": "execute"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "afterword.q"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "access_consent",
        "versionId": "1"
      },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "functionality_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              },
              {
                "type": 3,
                "mapKey": [
                  {
                    "type": 1,
                    "string": "consentType"
                  },
                  {
                    "type": 1,
                    "string": "read"
                  },
                  {
                    "type": 1,
                    "string": "write"
                  }
                ],
                "mapValue": [
                  {
                    "type": 1,
                    "string": "analytics_storage"
                  },
                  {
                    "type": 8,
                    "boolean": true
                  },
                  {
                    "type": 8,
                    "boolean": false
                  }
                ]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": {
      "isEditedByUser": true
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": {
        "publicId": "logging",
        "versionId": "1"
      },
      "param": [
        {
          "key": "environments",
          "value": {
            "type": 1,
            "string": "debug"
          }
        }
      ]
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: The purchase in the dataLayer is asked about, in a card
  code: |-
    const asked = [];
    mock('queryPermission', () => true);
    mock('createArgumentsQueue', (name, queue) => {
      assertThat(name).isEqualTo('afterword');
      assertThat(queue).isEqualTo('afterword.q');
      return (command, options) => { asked.push([command, options]); };
    });
    mock('injectScript', (url, onSuccess) => { onSuccess(); });
    runCode({ address: 'https://feedback.example/w/aw_pub_0000000000000000000000.js', order: 'datalayer' });
    assertThat(asked).isEqualTo([['ask', { placement: 'corner', purchase: 'datalayer' }]]);
    assertApi('gtmOnSuccess').wasCalled();
- name: An order from a variable is asked about where the page has its place
  code: |-
    const asked = [];
    mock('queryPermission', () => true);
    mock('createArgumentsQueue', () => (command, options) => { asked.push([command, options]); });
    mock('injectScript', (url, onSuccess) => { onSuccess(); });
    runCode({ address: 'https://feedback.example/w/aw_pub_0000000000000000000000.js', order: 'variable', transaction: 1001, element: '#thanks', survey: 'nps' });
    assertThat(asked).isEqualTo([['ask', { placement: 'inline', element: '#thanks', transaction: '1001', survey: 'nps' }]]);
- name: Without consent the question is held back until it is granted
  code: |-
    const asked = [];
    let hear;
    mock('queryPermission', () => true);
    mock('isConsentGranted', () => false);
    mock('addConsentListener', (type, listener) => { hear = listener; });
    mock('createArgumentsQueue', () => (command, options) => { asked.push([command, options]); });
    mock('injectScript', (url, onSuccess) => { onSuccess(); });
    runCode({ address: 'https://feedback.example/w/aw_pub_0000000000000000000000.js', order: 'datalayer', consentType: 'analytics_storage' });
    assertThat(asked[0]).isEqualTo(['consent', 'pending']);
    hear('analytics_storage', false);
    assertThat(asked.length).isEqualTo(2);
    hear('analytics_storage', true);
    assertThat(asked[2]).isEqualTo(['consent', 'granted']);
- name: A host that the permissions do not name is not asked for a script
  code: |-
    mock('queryPermission', () => false);
    runCode({ address: 'https://elsewhere.example/w/aw_pub_0000000000000000000000.js', order: 'datalayer' });
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnFailure').wasCalled();
- name: A script that does not come is a failure of the tag
  code: |-
    mock('queryPermission', () => true);
    mock('createArgumentsQueue', () => () => {});
    mock('injectScript', (url, onSuccess, onFailure) => { onFailure(); });
    runCode({ address: 'https://feedback.example/w/aw_pub_0000000000000000000000.js', order: 'datalayer' });
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();


___NOTES___

The host of the tag's address stands in the permissions, under Injects scripts: https://feedback.example/w/* is to be replaced by your own.
